import { ANNOTATION_ORIGIN_LOCATION, ANNOTATION_ORPHAN, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { alertApiRef, useApi } from '@callboard/core-plugin-api';
import { ResponseError } from '@callboard/errors';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { catalogApiRef } from '../../apis/catalogApi';
import { isOfOneEntity } from '../../entities/entityQuery';
import { PRESENTATION_FIELDS } from '../../entities/presentation';
import { useMessages } from '../../translation';

/** So many of what goes along are listed. */
const LISTED = 200;

/** What was registered for the entity to be here, and everything that goes with the registration. Orphans, which it no longer declares, stay. */
export function useRegistration(entity: Entity) {
  const catalogApi = useApi(catalogApiRef);
  const ref = stringifyEntityRef(entity);
  const origin = entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
  return useQuery({
    queryKey: ['catalog', 'registration', ref, origin],
    queryFn: async ({ signal }) => {
      const location = await catalogApi.getLocationByEntity(ref, { signal });
      if (!location || !origin) {
        return { location: undefined, refs: [], total: 0 };
      }
      const { items, totalItems } = await catalogApi.queryEntities(
        {
          query: {
            $all: [
              { [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`]: origin },
              { $not: { [`metadata.annotations.${ANNOTATION_ORPHAN}`]: 'true' } },
            ],
          },
          fields: PRESENTATION_FIELDS,
          limit: LISTED,
          orderFields: { field: 'kind', order: 'asc' },
        },
        { signal },
      );
      return { location, refs: items.map(stringifyEntityRef), total: totalItems };
    },
  });
}

/** Takes an entity, or a registration with everything that came from it, out of the catalog. */
export function useRemoval(onRemoved: () => void | Promise<void>) {
  const messages = useMessages();
  const catalogApi = useApi(catalogApiRef);
  const alertApi = useApi(alertApiRef);
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (what: { uid: string } | { locationId: string }) =>
      unlessGone('uid' in what ? catalogApi.removeEntityByUid(what.uid) : catalogApi.removeLocationById(what.locationId)),
    onSuccess: async (_, what) => {
      const message = 'uid' in what ? messages.removal.deleted : messages.removal.unregistered;
      alertApi.post({ message, severity: 'success', display: 'transient' });
      await onRemoved();
      await queryClient.invalidateQueries({ queryKey: ['catalog'], refetchType: 'none' });
      // What is asked for anew must not be about what is gone, whose page may be there until the next one has come.
      await queryClient.refetchQueries({ queryKey: ['catalog'], type: 'active', predicate: ({ queryKey }) => !isOfOneEntity(queryKey[1]) });
    },
  });
}

/** What somebody else has removed meanwhile is removed. */
async function unlessGone(removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof ResponseError && error.status === 404)) {
      throw error;
    }
  }
}
