import type { LucideIcon } from 'lucide-react';

/** An entry of the sidebar. */
export interface NavigationItem {
  label: string;
  icon: LucideIcon;
  to: string;
}

/** Entries of the sidebar that belong together. */
export interface NavigationGroup {
  title?: string;
  items: readonly NavigationItem[];
}
