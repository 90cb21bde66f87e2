import { stringifyEntityRef, type Entity, tryParse, type CompoundEntityRef } from '@callboard/catalog-model';
import { createRouteRef } from '@callboard/core-plugin-api';

/** The page of one entity. */
export const entityRouteRef = createRouteRef({
  id: 'catalog:entity',
  params: ['namespace', 'kind', 'name'],
});

/** The parameters of an entity's page, in lower case as all links write them. */
export function entityRouteParams(entity: Entity | CompoundEntityRef | string): CompoundEntityRef & Record<string, string> {
  const ref = typeof entity === 'string' ? entity.toLowerCase() : stringifyEntityRef(entity);
  const { kind, namespace, name } = tryParse(ref) ?? { kind: 'unknown', namespace: 'default', name: ref };
  return { kind, namespace, name };
}
