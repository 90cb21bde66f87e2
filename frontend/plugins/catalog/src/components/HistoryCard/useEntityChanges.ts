import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { useApi } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';

/** The newest changes of an entity. */
export function useEntityChanges(entityRef: string, limit: number) {
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['catalog', 'changes', entityRef, limit],
    queryFn: ({ signal }) => catalogApi.getEntityChanges({ entityRef, limit }, { signal }),
  });
}
