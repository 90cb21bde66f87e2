import { appThemeApiRef, useApi } from '@callboard/core-plugin-api';
import { CallboardThemeProvider } from '@callboard/theme';
import { useCallback, useSyncExternalStore, type ReactNode } from 'react';
import type { InstalledTheme } from './themes';

const DARK = '(prefers-color-scheme: dark)';
const CONTRAST = '(prefers-contrast: more)';

/** Puts the chosen look on the app, or the one the system asks for. */
export function ActiveTheme({ themes, children }: { themes: readonly InstalledTheme[]; children?: ReactNode }) {
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
  const theme = useSyncExternalStore(subscribe, () => {
    const id = themeApi.getActiveThemeId();
    return themes.find(one => one.id === id) ?? systemTheme(themes);
  });
  if (!theme) {
    return children;
  }
  const { Provider } = theme;
  return <CallboardThemeProvider theme={theme}>{Provider ? <Provider>{children}</Provider> : children}</CallboardThemeProvider>;
}

/** The look the system asks for, as far as there is one. */
function systemTheme(themes: readonly InstalledTheme[]): InstalledTheme | undefined {
  const variant = window.matchMedia?.(DARK).matches ? 'dark' : 'light';
  const contrast = window.matchMedia?.(CONTRAST).matches ? themes.find(({ id }) => id === `contrast-${variant}`) : undefined;
  return contrast ?? themes.find(theme => theme.variant === variant) ?? themes[0];
}
