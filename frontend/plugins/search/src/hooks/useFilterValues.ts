import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FilterName } from '../lib/searchState';

/** What results can be narrowed down to: the kinds there are, and the types and lifecycles of the chosen ones; undefined until they are known. */
export function useFilterValues(chosen: readonly string[]) {
  const catalogApi = useApi(catalogApiRef);
  const kinds = useQuery({
    queryKey: ['catalog', 'facets', 'kinds'],
    queryFn: ({ signal }) => catalogApi.getEntityFacets({ facets: ['kind'] }, { signal }),
  });
  const ofKinds = useQuery({
    queryKey: ['catalog', 'facets', 'types-and-lifecycles', chosen],
    // Those of the kinds before stay until others are there.
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      catalogApi.getEntityFacets({ facets: ['spec.type', 'spec.lifecycle'], ...(chosen.length > 0 && { filter: { kind: chosen } }) }, { signal }),
  });
  const failed = [kinds, ofKinds].filter(({ error }) => error);
  const values: Record<FilterName, string[] | undefined> = {
    kind: valuesOf(kinds.data?.facets.kind),
    type: valuesOf(ofKinds.data?.facets['spec.type']),
    lifecycle: valuesOf(ofKinds.data?.facets['spec.lifecycle']),
  };
  return {
    values,
    isPending: kinds.isPending || ofKinds.isPending,
    error: failed[0]?.error,
    retry: () => failed.forEach(({ refetch }) => void refetch()),
  };
}

/** Filters do not tell case apart, so neither do their values. */
function valuesOf(facets: { value: string }[] | undefined): string[] | undefined {
  return facets && [...new Set(facets.map(({ value }) => value.toLowerCase()))].sort();
}
