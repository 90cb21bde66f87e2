import type { IconComponent } from '@callboard/core-plugin-api';
import { createContext, useContext, type ReactNode } from 'react';

/** What can be done with an entity besides what the catalog offers. */
export interface EntityContextMenuItem {
  title: string;
  Icon: IconComponent;
  onClick(): void;
}

export interface EntityContextMenuOptions {
  /** Whether one may remove the entity there: `true` is `disable`. What the person may not do is disabled by itself. */
  disableUnregister: boolean | 'visible' | 'hidden' | 'disable';
}

/** What an `EntityLayout` says to its header. */
export interface EntityLayoutOptions {
  /** Relations that lead to what the entity belongs to, the first that it has being taken. That stands in its breadcrumb. */
  parentEntityRelations?: string[];
  /** Named so in Backstage. */
  UNSTABLE_extraContextMenuItems?: EntityContextMenuItem[];
  UNSTABLE_contextMenuOptions?: EntityContextMenuOptions;
}

const HeaderContext = createContext<ReactNode>(undefined);

/** Gives a header to the layouts below that have none of their own. */
export function EntityHeaderProvider({ header, children }: { header: ReactNode; children?: ReactNode }) {
  return <HeaderContext value={header}>{children}</HeaderContext>;
}

/** The header that the page gives to its layout. */
export function useEntityHeader(): ReactNode {
  return useContext(HeaderContext);
}

/** Tells a header what the layout around it says. */
export const EntityLayoutOptionsContext = createContext<EntityLayoutOptions>({});

/** What the layout around a header says. */
export function useEntityLayoutOptions(): EntityLayoutOptions {
  return useContext(EntityLayoutOptionsContext);
}
