import type { Facet } from '@callboard/catalog-client';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { FILTER_NAMES, type FilterName } from '../lib/searchState';
import type { SearchAnswer } from './useSearchResults';

/** A value to filter by, and how many results have it, or how much of the catalog where nothing is asked yet. */
export interface FilterValue {
  value: string;
  count: number | undefined;
}

/** A question, and its answer once that is there. */
interface Asked {
  answer: SearchAnswer | undefined;
}

/**
 * What results can be narrowed down to: the kinds there are, and the types and lifecycles of the chosen ones; undefined until they are known.
 * Their counts are those of the answer to what is asked, once it is there, or of the catalog where nothing is.
 */
export function useFilterValues(chosen: readonly string[], asked: Asked | undefined) {
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
  const there = { kind: kinds.data?.facets.kind, type: ofKinds.data?.facets['spec.type'], lifecycle: ofKinds.data?.facets['spec.lifecycle'] };
  const values = Object.fromEntries(FILTER_NAMES.map(name => [name, valuesOf(there[name], asked, name)])) as Record<FilterName, FilterValue[] | undefined>;
  return {
    values,
    isPending: kinds.isPending || ofKinds.isPending,
    error: failed[0]?.error,
    retry: () => failed.forEach(({ refetch }) => void refetch()),
  };
}

/** Values by how many have them, then by name. Filters do not tell case apart, so neither do they. */
function valuesOf(there: Facet[] | undefined, asked: Asked | undefined, name: FilterName): FilterValue[] | undefined {
  const isCounted = !asked || asked.answer?.facets !== undefined;
  const counts = countsOf((asked ? asked.answer?.facets?.[name] : there) ?? []);
  const values = there && [...countsOf(there).keys()].sort().map(value => ({ value, count: isCounted ? (counts.get(value) ?? 0) : undefined }));
  return values?.sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
}

function countsOf(facets: readonly Facet[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { value, count } of facets) {
    const key = value.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return counts;
}
