import { useState, type ReactNode } from 'react';
import { EntityListContext } from './context';
import type { DefaultEntityFilters, EntityListContextProps } from './types';

/** A list with what a test gives it; filters that are chosen are kept, and nothing is asked. */
export function MockEntityListContextProvider({ value = {}, children }: { value?: Partial<EntityListContextProps>; children?: ReactNode }) {
  const [filters, setFilters] = useState<DefaultEntityFilters>(value.filters ?? {});
  const list: EntityListContextProps = {
    updateFilters: changes =>
      setFilters(before => ({ ...before, ...(typeof changes === 'function' ? changes(before) : changes) })),
    entities: value.backendEntities ?? [],
    backendEntities: value.entities ?? [],
    queryParameters: {},
    loading: false,
    limit: 20,
    setLimit: () => undefined,
    paginationMode: 'none',
    refresh: () => undefined,
    ...value,
    filters,
  };
  return <EntityListContext value={list}>{children}</EntityListContext>;
}
