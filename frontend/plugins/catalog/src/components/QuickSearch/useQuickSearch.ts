import type { Predicate } from '@callboard/catalog-client';
import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { useDebounced } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef, PRESENTATION_FIELDS, TEXT_FIELDS } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

const LIMIT = 10;
const DEBOUNCE_MS = 80;

/** Locations are the catalog's own bookkeeping; nobody looks for one by name. */
const NO_LOCATIONS: Predicate = { $not: { kind: 'location' } };

/** What entities are called so, those whose name starts so first. */
export function useQuickSearch(typed: string) {
  const catalogApi = useApi(catalogApiRef);
  const term = useDebounced(typed.trim(), DEBOUNCE_MS);
  return useQuery({
    queryKey: ['catalog', 'quick-search', term],
    enabled: term !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const common = { fields: PRESENTATION_FIELDS, orderFields: { field: 'metadata.name', order: 'asc' }, limit: LIMIT } as const;
      const starting = { $all: [NO_LOCATIONS, { 'metadata.name': { $hasPrefix: term } }] };
      const [first, all] = await Promise.all([
        catalogApi.queryEntities({ ...common, query: starting, totalItems: 'exclude' }, { signal }),
        catalogApi.queryEntities({ ...common, query: NO_LOCATIONS, fullTextFilter: { term, fields: TEXT_FIELDS } }, { signal }),
      ]);
      return { term, total: all.totalItems, entities: unique([...first.items, ...all.items]).slice(0, LIMIT) };
    },
  });
}

function unique(entities: Entity[]): Entity[] {
  return [...new Map(entities.map(entity => [stringifyEntityRef(entity), entity])).values()];
}
