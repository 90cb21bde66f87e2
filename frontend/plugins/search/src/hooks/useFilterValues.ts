import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';

/** The kinds there are, and the types and lifecycles of the chosen one; empty until they are known. */
export function useFilterValues(kind: string): { kinds: string[]; types: string[]; lifecycles: string[] } {
  const catalogApi = useApi(catalogApiRef);
  const kinds = useQuery({
    queryKey: ['catalog', 'facets', 'kinds'],
    queryFn: ({ signal }) => catalogApi.getEntityFacets({ facets: ['kind'] }, { signal }),
  });
  const ofKind = useQuery({
    queryKey: ['catalog', 'facets', 'types-and-lifecycles', kind],
    queryFn: ({ signal }) => catalogApi.getEntityFacets({ facets: ['spec.type', 'spec.lifecycle'], ...(kind && { filter: { kind } }) }, { signal }),
  });
  return { kinds: valuesOf(kinds.data?.kind), types: valuesOf(ofKind.data?.['spec.type']), lifecycles: valuesOf(ofKind.data?.['spec.lifecycle']) };
}

/** Filters do not tell case apart, so neither do their values. */
function valuesOf(facets: { value: string }[] = []): string[] {
  return [...new Set(facets.map(({ value }) => value.toLowerCase()))].sort();
}
