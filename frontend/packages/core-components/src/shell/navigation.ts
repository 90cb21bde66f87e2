import type { IconOrName } from '@callboard/core-plugin-api';
import type { ReactNode } from 'react';

/** An entry of the sidebar. */
export interface NavigationItem {
  label: string;
  icon?: IconOrName;
  /** A path of the portal, or an address elsewhere. */
  to: string;
}

/** An entry of the sidebar that a plugin draws. */
export interface DrawnItem extends Omit<NavigationItem, 'to'> {
  id: string;
  element: ReactNode;
}

/** Entries of the sidebar that belong together. */
export interface NavigationGroup {
  title?: string;
  items: readonly (NavigationItem | DrawnItem)[];
}
