import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds now. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (notify: () => void) => {
      const list = window.matchMedia?.(query);
      list?.addEventListener('change', notify);
      return () => list?.removeEventListener('change', notify);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia?.(query).matches ?? false);
}

/** Whether the page is as narrow as a phone. Mirrors the breakpoint in the style sheets. */
export function useIsPhone(): boolean {
  return useMediaQuery('(max-width: 719px)');
}

/** Whether there is no room for all beside each other. Mirrored in what is painted before the app. */
export function useIsSmall(): boolean {
  return useMediaQuery('(max-width: 959px)');
}
