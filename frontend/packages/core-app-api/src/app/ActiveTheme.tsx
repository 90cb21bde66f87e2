import { appThemeApiRef, useApi } from '@callboard/core-plugin-api';
import { CallboardThemeProvider, themes, type ThemeId } from '@callboard/theme';
import { useCallback, useSyncExternalStore, type ReactNode } from 'react';

const DARK = '(prefers-color-scheme: dark)';
const CONTRAST = '(prefers-contrast: more)';

/** Puts the chosen look on the app, or the one the system asks for. */
export function ActiveTheme({ children }: { children?: ReactNode }) {
  const themeApi = useApi(appThemeApiRef);
  const subscribe = useCallback(
    (notify: () => void) => {
      const subscription = themeApi.activeThemeId$().subscribe(notify);
      const queries = [DARK, CONTRAST].map(query => window.matchMedia?.(query));
      queries.forEach(query => query?.addEventListener('change', notify));
      return () => {
        subscription.unsubscribe();
        queries.forEach(query => query?.removeEventListener('change', notify));
      };
    },
    [themeApi],
  );
  const themeId = useSyncExternalStore(subscribe, () => chosen(themeApi.getActiveThemeId()) ?? systemTheme());
  return <CallboardThemeProvider themeId={themeId}>{children}</CallboardThemeProvider>;
}

function chosen(id: string | undefined): ThemeId | undefined {
  return themes.find(theme => theme.id === id)?.id;
}

function systemTheme(): ThemeId {
  const dark = window.matchMedia?.(DARK).matches ?? false;
  const contrast = window.matchMedia?.(CONTRAST).matches ?? false;
  if (contrast) {
    return dark ? 'contrast-dark' : 'contrast-light';
  }
  return dark ? 'dark' : 'light';
}
