import { createContext, useContext } from 'react';
import type { EntityFilter } from './filters';
import type { DefaultEntityFilters, EntityListContextProps } from './types';

export const EntityListContext = createContext<EntityListContextProps | undefined>(undefined);

/** The list of entities around, and the ways to filter it. */
export function useEntityList<F extends DefaultEntityFilters = DefaultEntityFilters>(): EntityListContextProps<F> {
  const list = useContext(EntityListContext);
  if (!list) {
    throw new Error('There is no list of entities here: the component is rendered outside of an EntityListProvider');
  }
  return list as unknown as EntityListContextProps<F>;
}

/** What the pickers here need of a list besides. */
export interface EntityListInternals {
  /** The filters that are asked for; undefined until they are known. */
  settled?: DefaultEntityFilters;
  /** Says once for each address what a filter begins with, which leaves the page as it is. */
  begin?(name: string, filter: EntityFilter | undefined): void;
  /** Keeps the list from asking until what this gives is called. */
  hold?(): () => void;
}

export const ListInternals = createContext<EntityListInternals>({});
