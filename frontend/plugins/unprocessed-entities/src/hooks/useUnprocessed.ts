import type { UnprocessedReason } from '@callboard/catalog-client';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { REASONS } from '../lib/pageState';

const PAGE = 50;

/** A page of what is unprocessed for a reason, read anew when the catalog changes. */
export function useUnprocessed(reason: UnprocessedReason, cursor: string | undefined) {
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['catalog', 'unprocessed', reason, cursor],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => catalogApi.getUnprocessedEntities({ reason, limit: PAGE, cursor }, { signal }),
  });
}

/** How many there are for each reason, once that is known. */
export function useCounts() {
  const catalogApi = useApi(catalogApiRef);
  const results = useQueries({
    queries: REASONS.map(reason => ({
      queryKey: ['catalog', 'unprocessed', 'count', reason],
      queryFn: ({ signal }: { signal: AbortSignal }) => catalogApi.getUnprocessedEntities({ reason, limit: 1 }, { signal }),
    })),
  });
  const counts = Object.fromEntries(REASONS.map((reason, index) => [reason, results[index]?.data?.totalItems])) as Record<
    UnprocessedReason,
    number | undefined
  >;
  const failed = results.filter(({ error }) => error);
  return { counts, error: failed[0]?.error, retry: () => failed.forEach(({ refetch }) => void refetch()) };
}
