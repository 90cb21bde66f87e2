import type { IconOrName } from '@callboard/core-plugin-api';
import { createContext, use } from 'react';
import { useIsPhone, useIsSmall } from '../hooks/useMediaQuery';
import { useStoredState } from '../hooks/useStoredState';

/** What the sidebar says about the entry that is drawn: what it is called unless it knows better, and whether only its icon is seen. */
export const SidebarContext = createContext<{ narrow: boolean; label: string; icon?: IconOrName }>({ narrow: false, label: '' });

/** Whether the sidebar is folded to its icons. Until somebody says otherwise it leaves a small screen to the page. */
export function useFolded(): [folded: boolean, setFolded: (folded: boolean) => void] {
  const [chosen, setFolded] = useStoredState<boolean | null>('shell', 'sidebarFolded', null);
  const small = useIsSmall();
  return [chosen ?? small, setFolded];
}

/** Whether words are seen in the sidebar, for parts of it that an app draws itself. */
export function useSidebarOpenState(): { isOpen: boolean; setOpen(open: boolean): void } {
  const { narrow } = use(SidebarContext);
  const [, setFolded] = useFolded();
  return { isOpen: !narrow, setOpen: open => setFolded(!open) };
}

/** Whether the sidebar stays open, and how to change that. */
export function useSidebarPinState(): { isPinned: boolean; isMobile: boolean; toggleSidebarPinState(): void } {
  const [folded, setFolded] = useFolded();
  return { isPinned: !folded, isMobile: useIsPhone(), toggleSidebarPinState: () => setFolded(!folded) };
}

/** Sizes of the sidebar in pixels. */
export const sidebarConfig = { drawerWidthClosed: 56, drawerWidthOpen: 220, iconSize: 16, logoHeight: 32 } as const;
