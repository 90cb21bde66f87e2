import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';

/** The kinds there are, and the types of the chosen one; empty until they are known. */
export function useFilterValues(kind: string): { kinds: string[]; types: string[] } {
  const catalogApi = useApi(catalogApiRef);
  const kinds = useQuery({
    queryKey: ['catalog', 'facets', 'kinds'],
    queryFn: ({ signal }) => catalogApi.getEntityFacets({ facets: ['kind'] }, { signal }),
  });
  const types = useQuery({
    queryKey: ['catalog', 'facets', 'types', kind],
    queryFn: ({ signal }) => catalogApi.getEntityFacets({ facets: ['spec.type'], ...(kind && { filter: { kind } }) }, { signal }),
  });
  return { kinds: valuesOf(kinds.data?.kind), types: valuesOf(types.data?.['spec.type']) };
}

/** Filters do not tell case apart, so neither do their values. */
function valuesOf(facets: { value: string }[] = []): string[] {
  return [...new Set(facets.map(({ value }) => value.toLowerCase()))].sort();
}
