import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { loadGraph, type GraphRequest } from '../lib/loadGraph';

/** The graph around some entities. */
export function useGraph(request: GraphRequest) {
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['catalog', 'graph', request],
    enabled: request.roots.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => loadGraph(catalogApi, request, signal),
  });
}
