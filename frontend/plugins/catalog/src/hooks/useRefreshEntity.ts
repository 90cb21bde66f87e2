import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { alertApiRef, errorApiRef, useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { entityQueryKey } from '../lib/entityQuery';
import { useMessages } from '../translation';

/** The catalog reads the file again within this time, as a rule. */
const REFRESH_MS = 2000;

/** Has the catalog read the file of an entity again. */
export function useRefreshEntity(entity: Entity) {
  const messages = useMessages();
  const catalogApi = useApi(catalogApiRef);
  const alertApi = useApi(alertApiRef);
  const errorApi = useApi(errorApiRef);
  const queryClient = useQueryClient();
  const ref = stringifyEntityRef(entity);
  return useMutation({
    mutationFn: () => catalogApi.refreshEntity(ref),
    onSuccess: () => {
      alertApi.post({ message: messages.entity.refreshed, severity: 'success', display: 'transient' });
      setTimeout(() => void queryClient.invalidateQueries({ queryKey: entityQueryKey(ref) }), REFRESH_MS);
    },
    onError: error => errorApi.post(error),
  });
}
