import type { IconOrName } from '@callboard/core-plugin-api';

/** An entry of the sidebar. */
export interface NavigationItem {
  label: string;
  icon?: IconOrName;
  /** A path of the portal, or an address elsewhere. */
  to: string;
}

/** Entries of the sidebar that belong together. */
export interface NavigationGroup {
  title?: string;
  items: readonly NavigationItem[];
}
