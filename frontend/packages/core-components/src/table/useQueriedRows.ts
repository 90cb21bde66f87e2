import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useRef } from 'react';
import type { TableQuery, TableQueryResult } from './tableTypes';

/** The rows of a table that gets them page by page; none where it has them all. */
export function useQueriedRows<T>(
  load: ((query: TableQuery) => Promise<TableQueryResult<T>>) | undefined,
  query: Omit<TableQuery, 'totalCount'>,
) {
  const id = useId();
  // How many there were is told with the question, and is no other question.
  const lastTotal = useRef(0);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ['table', id, query],
    enabled: load !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const result = (await load?.({ ...query, totalCount: lastTotal.current })) ?? { data: [], page: 0, totalCount: 0 };
      lastTotal.current = result.totalCount;
      return result;
    },
  });
  return {
    rows: data?.data,
    total: data?.totalCount ?? 0,
    error: error ?? undefined,
    isStale: isPlaceholderData,
    retry: () => void refetch(),
  };
}
