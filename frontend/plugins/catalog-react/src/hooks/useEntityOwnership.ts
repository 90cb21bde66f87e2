import { relationTargets, stringifyEntityRef, tryParse, RELATION_OWNED_BY, type Entity } from '@callboard/catalog-model';
import { useCallback } from 'react';
import { useOwnershipRefs } from './useOwnershipRefs';

/** Whether entities are of the signed-in person or of one of their groups. None is while it is not known who that is. */
export function useEntityOwnership(): { loading: boolean; isOwnedEntity(entity: Entity): boolean } {
  const refs = useOwnershipRefs();
  const isOwnedEntity = useCallback(
    (entity: Entity) => relationTargets(entity, RELATION_OWNED_BY).some(owner => refs?.includes(normal(owner))),
    [refs],
  );
  return { loading: refs === undefined, isOwnedEntity };
}

function normal(ref: string): string {
  const parts = tryParse(ref);
  return parts ? stringifyEntityRef(parts) : ref;
}
