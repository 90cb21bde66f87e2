import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { TableQuery, TableQueryResult } from './tableTypes';

/** The rows of a table that gets them page by page; none where it has them all. */
export function useQueriedRows<T>(load: ((query: TableQuery) => Promise<TableQueryResult<T>>) | undefined, query: TableQuery) {
  const id = useId();
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ['table', id, query],
    enabled: load !== undefined,
    placeholderData: keepPreviousData,
    queryFn: () => load?.(query) ?? { data: [], page: 0, totalCount: 0 },
  });
  return {
    rows: data?.data,
    total: data?.totalCount ?? 0,
    error: error ?? undefined,
    isStale: isPlaceholderData,
    retry: () => void refetch(),
  };
}
