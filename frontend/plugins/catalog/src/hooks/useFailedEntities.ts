import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';

/** So many are told apart; a request that names them all has a largest size. */
export const MAX_FAILED = 1_000;

/** The references of what could not be processed, which only those may see who may see what the catalog takes in. */
export function useFailedEntities() {
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['catalog', 'unprocessed', 'failed-refs'],
    retry: false,
    queryFn: async ({ signal }) => {
      const { items } = await catalogApi.getUnprocessedEntities({ reason: 'failed', limit: MAX_FAILED }, { signal });
      return items.map(item => item.entity_ref);
    },
  });
}
