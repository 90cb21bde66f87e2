import { useCallback, useEffect, useReducer } from 'react';
import { useOptionalApiHolder } from '../apis/useApi';
import { useInstallation } from '../installation/context';
import { translationApiRef } from './translationApi';
import type { MessageTree, TranslationRef } from './translationRef';

/**
 * Says what the installation of a plugin says, such as the title of a page, in the chosen language. Without a plugin's id all
 * are searched. A text that is none of theirs, such as one of the portal's configuration, stays as it is.
 */
export function useInstalledTexts(): (text: string, pluginId?: string) => string {
  const { plugins } = useInstallation();
  const translationApi = useOptionalApiHolder()?.get(translationApiRef);
  // Another function whenever texts have changed, so that what is made with it is made anew.
  const newest = () => (ref: TranslationRef) => translationApi?.getMessages(ref);
  const [messagesOf, renew] = useReducer(newest, undefined, newest);
  useEffect(() => {
    const subscriptions = plugins.flatMap(({ translation }) => (translation && translationApi ? [translationApi.changes$(translation).subscribe(renew)] : []));
    return () => subscriptions.forEach(subscription => subscription.unsubscribe());
  }, [plugins, translationApi]);

  return useCallback(
    (text: string, pluginId?: string) => {
      for (const { id, translation } of plugins) {
        const path = translation && (pluginId === undefined || pluginId === id) ? pathTo(text, translation.messages) : undefined;
        if (translation && path) {
          const found = path.reduce<unknown>((tree, name) => (tree as MessageTree | undefined)?.[name], messagesOf(translation));
          return typeof found === 'string' ? found : text;
        }
      }
      return text;
    },
    [plugins, messagesOf],
  );
}

/** The names that lead to a text. */
function pathTo(text: string, messages: MessageTree): string[] | undefined {
  for (const [name, value] of Object.entries(messages)) {
    if (value === text) {
      return [name];
    }
    const below = typeof value === 'object' ? pathTo(text, value) : undefined;
    if (below) {
      return [name, ...below];
    }
  }
  return undefined;
}
