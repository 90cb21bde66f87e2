import type { IconOrName } from '@callboard/core-plugin-api';
import { createContext, lazy, Suspense, type ReactNode } from 'react';

// Shown in menus only, which load when somebody opens one.
const SubmenuTitle = lazy(() => import('./SubmenuEntry').then(m => ({ default: m.SubmenuTitle })));
const SubmenuEntry = lazy(() => import('./SubmenuEntry').then(m => ({ default: m.SubmenuEntry })));

/** Closes the menu that an entry stands in. */
export const MenuClosing = createContext<() => void>(() => undefined);

export interface SidebarSubmenuItemProps {
  title: string;
  subtitle?: string;
  to?: string;
  icon?: IconOrName;
  /** Links below it. */
  dropdownItems?: readonly { title: string; to: string }[];
}

/** What an entry of the sidebar opens. Compose it of `SidebarSubmenuItem`s. */
export function SidebarSubmenu({ title, children }: { title?: string; children?: ReactNode }) {
  return (
    <Suspense>
      {title && <SubmenuTitle>{title}</SubmenuTitle>}
      {children}
    </Suspense>
  );
}

/** A link in a submenu, or a title with links below it. */
export function SidebarSubmenuItem(props: SidebarSubmenuItemProps) {
  return <SubmenuEntry {...props} />;
}
