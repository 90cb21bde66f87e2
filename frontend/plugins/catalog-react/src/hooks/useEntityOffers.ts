import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { useOffers } from '@callboard/core-components';

/** What can be done with an entity, by the permission it needs. */
export type EntityPermission = 'catalog.entity.refresh' | 'catalog.entity.delete' | 'catalog.location.delete';

/** Which of that to offer to the person; undefined until that is known. */
export function useEntityOffers(entity: Entity, permissions: readonly EntityPermission[]): ReadonlySet<string> | undefined {
  const resource = { type: 'catalog-entity', ref: stringifyEntityRef(entity) };
  return useOffers(permissions.map(name => ({ name, resource: name.startsWith('catalog.entity.') ? resource : undefined })));
}
