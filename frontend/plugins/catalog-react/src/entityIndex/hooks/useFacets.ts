import type { Facet } from '@callboard/catalog-client';
import { useApi } from '@callboard/core-plugin-api';
import { keepPreviousData, useQueries, useQuery, useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { catalogApiRef } from '../../apis/catalogApi';
import { afterThePage } from '../lib/afterThePage';
import { FACET_NAMES, FACETS, LIST_NAMES, STATUS_NAMES, type IndexState, type FacetName } from '../lib/indexState';
import { kindSelectionOf, NOBODY, requestOf, selectionOf, type KnownRefs } from '../lib/selection';

const FACETS_KEY = ['catalog', 'facets'] as const;

/** The values of each facet with how many entities one would see after choosing it. */
export function useFacets(state: IndexState, known: KnownRefs | undefined) {
  const catalogApi = useApi(catalogApiRef);
  const queryClient = useQueryClient();
  // A facet's own choice must not hide its other values, so a facet with a choice is asked for alone.
  const free = FACET_NAMES.filter(name => state.facets[name].length === 0);
  const chosen = FACET_NAMES.filter(name => state.facets[name].length > 0);
  const groups = [free, ...chosen.map(name => [name])].filter(group => group.length > 0);

  const results = useQueries({
    queries: groups.map(group => {
      const request = {
        ...selectionOf(state, known ?? NOBODY, group),
        facets: group.map(name => FACETS[name]),
      };
      return {
        queryKey: [...FACETS_KEY, request],
        enabled: Boolean(known) || state.list === 'all',
        placeholderData: () => latestOf(queryClient, request.facets),
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          await afterThePage(queryClient);
          return (await catalogApi.getEntityFacets(request, { signal })).facets;
        },
        select: mergeAll,
      };
    }),
  });

  const values = Object.fromEntries(
    groups.flatMap((group, index) =>
      group.map(name => [name, results[index]?.data?.[FACETS[name]]] as const),
    ),
  ) as Record<FacetName, Facet[] | undefined>;
  return { values, isPending: results.some(({ isPending }) => isPending), ...failureOf(results) };
}

/** How many entities of each kind there are under the filters that hold for every kind. */
export function useKinds(state: IndexState, known: KnownRefs | undefined, isWanted: boolean) {
  const catalogApi = useApi(catalogApiRef);
  const queryClient = useQueryClient();
  const request = { ...kindSelectionOf(state, known ?? NOBODY), facets: ['kind'] };
  const result = useQuery({
    queryKey: [...FACETS_KEY, request],
    enabled: isWanted && (Boolean(known) || state.list === 'all'),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      await afterThePage(queryClient);
      return (await catalogApi.getEntityFacets(request, { signal })).facets;
    },
    select: mergeAll,
  });
  return { kinds: result.data?.kind, ...failureOf([result]) };
}

/** What went wrong in the first of some queries that failed, and the way to try all of those again. */
function failureOf(results: readonly { error: Error | null; refetch(): unknown }[]): { error?: Error; retry(): void } {
  const failed = results.filter(({ error }) => error);
  return { error: failed[0]?.error ?? undefined, retry: () => failed.forEach(({ refetch }) => void refetch()) };
}

/** How many entities each list holds. */
export function useListCounts(state: IndexState, known: KnownRefs | undefined) {
  return useCounts(
    LIST_NAMES.map(list => ({ name: list, state: { ...state, list } })),
    known,
  );
}

/** How many entities of each status one would see after choosing it alone. */
export function useStatusCounts(state: IndexState, known: KnownRefs | undefined) {
  return useCounts(
    STATUS_NAMES.map(status => ({ name: status, state: { ...state, statuses: [status] } })),
    known,
  );
}

function useCounts<N extends string>(
  variants: readonly { name: N; state: IndexState }[],
  known: KnownRefs | undefined,
): Record<N, number | undefined> {
  const catalogApi = useApi(catalogApiRef);
  const queryClient = useQueryClient();
  const results = useQueries({
    queries: variants.map(({ name, state }) => {
      const request = requestOf(state, known ?? NOBODY);
      return {
        queryKey: ['catalog', 'variant-count', name, request],
        enabled: Boolean(known) || state.list === 'all',
        placeholderData: keepPreviousData<{ totalItems: number }>,
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          await afterThePage(queryClient);
          return catalogApi.queryEntities({ ...request, limit: 0 }, { signal });
        },
      };
    }),
  });
  return Object.fromEntries(variants.map(({ name }, index) => [name, results[index]?.data?.totalItems])) as Record<
    N,
    number | undefined
  >;
}

/** What facets were read last, in whichever company. One that is asked for alone from now on keeps its values meanwhile. */
function latestOf(queryClient: QueryClient, facets: readonly string[]): Record<string, Facet[]> | undefined {
  const queries = queryClient.getQueryCache().findAll({ queryKey: FACETS_KEY }) as Query<Record<string, Facet[]>>[];
  const having = queries.filter(({ state: { data } }) => data && facets.every(facet => data[facet]));
  return having.sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)[0]?.state.data;
}

const mergeAll = (facets: Record<string, Facet[]>): Record<string, Facet[]> =>
  Object.fromEntries(Object.entries(facets).map(([name, values]) => [name, mergeCase(values)]));

/** Filters do not tell case apart, so values that differ by nothing else are one. */
export function mergeCase(facets: readonly Facet[]): Facet[] {
  const merged = new Map<string, Facet>();
  for (const { value, count } of facets) {
    const key = value.toLowerCase();
    const existing = merged.get(key);
    merged.set(key, { value: existing?.value ?? value, count: count + (existing?.count ?? 0) });
  }
  return [...merged.values()];
}
