import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';

/** What results can be narrowed down to: the kinds there are, and the types and lifecycles of the chosen one; empty until they are known. */
export function useFilterValues(kind: string) {
  const catalogApi = useApi(catalogApiRef);
  const kinds = useQuery({
    queryKey: ['catalog', 'facets', 'kinds'],
    queryFn: ({ signal }) => catalogApi.getEntityFacets({ facets: ['kind'] }, { signal }),
  });
  const ofKind = useQuery({
    queryKey: ['catalog', 'facets', 'types-and-lifecycles', kind],
    queryFn: ({ signal }) => catalogApi.getEntityFacets({ facets: ['spec.type', 'spec.lifecycle'], ...(kind && { filter: { kind } }) }, { signal }),
  });
  const failed = [kinds, ofKind].filter(({ error }) => error);
  return {
    kinds: valuesOf(kinds.data?.facets.kind),
    types: valuesOf(ofKind.data?.facets['spec.type']),
    lifecycles: valuesOf(ofKind.data?.facets['spec.lifecycle']),
    isPending: kinds.isPending || ofKind.isPending,
    error: failed[0]?.error,
    retry: () => failed.forEach(({ refetch }) => void refetch()),
  };
}

/** Filters do not tell case apart, so neither do their values. */
function valuesOf(facets: { value: string }[] = []): string[] {
  return [...new Set(facets.map(({ value }) => value.toLowerCase()))].sort();
}
