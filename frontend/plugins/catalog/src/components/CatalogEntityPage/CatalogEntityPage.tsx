import { stringifyEntityRef } from '@callboard/catalog-model';
import { useApi, useRouteRefParams } from '@callboard/core-plugin-api';
import { AsyncEntityProvider, catalogApiRef, EntityHeaderProvider, entityRouteRef, useRecentEntities } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect } from 'react';
import { Outlet } from 'react-router-dom';
import { entityQueryKey } from '../../lib/entityQuery';
import { EntityHeader } from '../EntityHeader';

/** Loads the entity that the address names, for the layout that the app puts below. */
export function CatalogEntityPage() {
  const catalogApi = useApi(catalogApiRef);
  const params = useRouteRefParams(entityRouteRef);
  const ref = stringifyEntityRef({ kind: params.kind, namespace: params.namespace, name: params.name });
  const { data, isPending, error, refetch } = useQuery({
    queryKey: entityQueryKey(ref),
    // A query may not result in undefined, which is what absence is.
    queryFn: async ({ signal }) => ({ entity: await catalogApi.getEntityByRef(ref, { signal }) }),
  });
  // All of a page is much to draw at once; in slices nothing that one does meanwhile has to wait.
  const entity = useDeferredValue(data?.entity);
  // Until it is drawn, one that has come is not missing.
  const isOnItsWay = isPending || entity !== data?.entity;

  const { addRecent } = useRecentEntities();
  const found = Boolean(entity);
  useEffect(() => {
    if (found) {
      addRecent(ref);
    }
  }, [found, ref, addRecent]);

  return (
    <AsyncEntityProvider
      entity={entity}
      loading={isOnItsWay}
      error={error ?? undefined}
      refresh={() => void refetch()}
    >
      <EntityHeaderProvider header={<EntityHeader />}>
        <Outlet />
      </EntityHeaderProvider>
    </AsyncEntityProvider>
  );
}
