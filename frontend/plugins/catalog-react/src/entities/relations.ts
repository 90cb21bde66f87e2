import { getEntitySourceLocation as sourceLocationOf, relationTargets, tryParse, type CompoundEntityRef, type Entity } from '@callboard/catalog-model';

/** What an entity's relations of one type lead to; of one kind alone, where that is asked for. */
export function getEntityRelations(entity: Entity | undefined, relationType: string, filter?: { kind: string }): CompoundEntityRef[] {
  const kind = filter?.kind.toLowerCase();
  return (entity ? relationTargets(entity, relationType) : [])
    .flatMap(target => tryParse(target) ?? [])
    .filter(target => kind === undefined || target.kind.toLowerCase() === kind);
}

export interface EntitySourceLocation {
  locationTargetUrl: string;
}

/** The address of the entity's source, where it is known and has one. */
export function getEntitySourceLocation(entity: Entity): EntitySourceLocation | undefined {
  try {
    const { type, target } = sourceLocationOf(entity);
    return type === 'url' ? { locationTargetUrl: target } : undefined;
  } catch {
    return undefined;
  }
}
