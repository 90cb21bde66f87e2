import type { Facet } from '@callboard/catalog-client';
import { useApi } from '@callboard/core-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useContext, useEffect, useEffectEvent } from 'react';
import { catalogApiRef } from '../apis/catalogApi';
import { mergeCase } from '../entityIndex/hooks/useFacets';
import { ListInternals, useEntityList } from './context';
import type { EntityFilter } from './filters';
import { requestKey, selectionOf } from './listRequest';
import type { EntityFilters } from './types';

/** Begins a filter with what the address says of it, or else with some values. */
export function useInitialFilter(
  name: string,
  make: (values: string[]) => EntityFilter | undefined,
  initial: readonly string[] = [],
  isReady = true,
): void {
  const { queryParameters, updateFilters } = useEntityList();
  const { begin, hold } = useContext(ListInternals);
  const start = useEffectEvent(() => {
    const said = (queryParameters as Record<string, string | string[] | undefined>)[name];
    const filter = make(said === undefined ? [...initial] : [said].flat());
    if (begin) {
      begin(name, filter);
    } else {
      updateFilters({ [name]: filter });
    }
  });
  useEffect(() => {
    if (isReady) {
      start();
      return undefined;
    }
    return hold?.();
    // A new address begins anew.
  }, [queryParameters, isReady, hold]);
}

/** The values at a path with how many entities one would see after choosing each, whatever the filter of the name says. */
export function useAvailableValues(path: string, options: { without: readonly string[]; only?: readonly string[] }) {
  const catalogApi = useApi(catalogApiRef);
  const list = useEntityList();
  const internals = useContext(ListInternals);
  const filters = internals.begin ? internals.settled : list.filters;
  const { without, only } = options;
  const others = Object.entries((filters ?? {}) as EntityFilters).filter(
    ([name]) => !without.includes(name) && (!only || only.includes(name)),
  );
  const request = { ...selectionOf(Object.fromEntries(others)), facets: [path] };
  const { data, isPending, error } = useQuery({
    queryKey: ['catalog', 'list-facets', requestKey(request)],
    enabled: filters !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => catalogApi.getEntityFacets(request, { signal }),
    select: ({ facets }): Facet[] => mergeCase(facets[path] ?? []),
  });
  return { values: data, isPending, error: error ?? undefined };
}
