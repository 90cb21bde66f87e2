import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { loadGraph, type GraphRequest } from '../lib/loadGraph';
import { presentGraph, type GraphStyle } from '../lib/presentGraph';

/** The graph around some entities, as it is drawn. */
export function useGraph(request: GraphRequest, { unidirectional, mergeRelations }: GraphStyle) {
  const catalogApi = useApi(catalogApiRef);
  const { data, error, refetch } = useQuery({
    queryKey: ['catalog', 'graph', request],
    enabled: request.roots.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => loadGraph(catalogApi, request, signal),
  });
  const graph = useMemo(() => data && presentGraph(data, { unidirectional, mergeRelations }), [data, unidirectional, mergeRelations]);
  return { data: graph, error, refetch };
}
