import { appLanguageApiRef, useOptionalApiHolder } from '@callboard/core-plugin-api';
import { useCallback, useSyncExternalStore } from 'react';
import { formatsOf, type Formats } from './formats';

/** The language that is chosen. */
export function useLanguage(): string {
  // Where the app itself could not start there are no APIs, and what says so still has numbers.
  const languageApi = useOptionalApiHolder()?.get(appLanguageApiRef);
  const subscribe = useCallback(
    (notify: () => void) => {
      const subscription = languageApi?.language$().subscribe(notify);
      return () => subscription?.unsubscribe();
    },
    [languageApi],
  );
  return useSyncExternalStore(subscribe, () => languageApi?.getLanguage().language ?? 'en');
}

/** How numbers and times are written in the language that is chosen. */
export function useFormats(): Formats {
  return formatsOf(useLanguage());
}
