import { DEFAULT_NAMESPACE, processingErrors, specString, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import type { ApiHolder } from '@callboard/core-plugin-api';
import { catalogApiRef } from './apis/catalogApi';

export { isOrphan } from '@callboard/catalog-model';

/** One word or several of which one must hold, in any case. */
type Words = string | readonly string[];

/** A condition on an entity's kind. */
export function isKind(...kinds: Words[]): (entity: Entity) => boolean {
  const isWanted = oneOf(kinds);
  return entity => isWanted(entity.kind);
}

/** A condition on the type of a component. */
export const isComponentType = (...types: Words[]) => isEntityWith({ kind: 'component', type: types.flat() });

/** A condition on the type of an API. */
export const isApiType = (...types: Words[]) => isEntityWith({ kind: 'api', type: types.flat() });

/** A condition on the type of a resource. */
export const isResourceType = (...types: Words[]) => isEntityWith({ kind: 'resource', type: types.flat() });

/** A condition on an entity's namespace. */
export function isNamespace(...namespaces: Words[]): (entity: Entity) => boolean {
  const isWanted = oneOf(namespaces);
  return entity => isWanted(entity.metadata.namespace ?? DEFAULT_NAMESPACE);
}

/** A condition on both kind and type; what is not given may be anything. */
export function isEntityWith({ kind, type }: { kind?: Words; type?: Words }): (entity: Entity) => boolean {
  const isKindWanted = oneOf(kind);
  const isTypeWanted = oneOf(type);
  return entity => isKindWanted(entity.kind) && isTypeWanted(specString(entity, 'type'));
}

/** Whether the entity has labels. */
export function hasLabels(entity: Entity): boolean {
  return Object.keys(entity.metadata.labels ?? {}).length > 0;
}

/** Whether the entity, or something that declares it, could not be processed. */
export async function hasCatalogProcessingErrors(entity: Entity, { apis }: { apis: ApiHolder }): Promise<boolean> {
  if (processingErrors(entity).length > 0) {
    return true;
  }
  const ancestry = await apis.get(catalogApiRef)?.getEntityAncestors({ entityRef: stringifyEntityRef(entity) });
  return ancestry?.items.some(item => processingErrors(item.entity).length > 0) ?? false;
}

/** Whether the entity has relations to what is not in the catalog. */
export async function hasRelationWarnings(entity: Entity, { apis }: { apis: ApiHolder }): Promise<boolean> {
  const entityRefs = [...new Set(entity.relations?.map(({ targetRef }) => targetRef))];
  if (entityRefs.length === 0) {
    return false;
  }
  const found = await apis.get(catalogApiRef)?.getEntitiesByRefs({ entityRefs, fields: ['kind'] });
  return found?.items.some(item => item === undefined) ?? false;
}

function oneOf(words: Words | readonly Words[] | undefined): (value: string | undefined) => boolean {
  const wanted = words && [words].flat(2).map(word => word.toLowerCase());
  return value => wanted === undefined || (value !== undefined && wanted.includes(value.toLowerCase()));
}
