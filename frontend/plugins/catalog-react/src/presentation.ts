import { humanizeEntityRef, specObject, type Entity } from '@callboard/catalog-model';

/** The members of an entity that its presentation needs; ask the catalog for no more. */
export const PRESENTATION_FIELDS = ['kind', 'metadata.name', 'metadata.namespace', 'metadata.title', 'spec.profile.displayName', 'spec.type'];

/** What an entity is called on screen. */
export function entityTitle(entity: Entity): string {
  const displayName = specObject(entity, 'profile')?.displayName;
  if (typeof displayName === 'string' && displayName !== '') {
    return displayName;
  }
  return entity.metadata.title || entity.metadata.name;
}

/** What an entity is called on screen while only its reference is known. */
export function refTitle(ref: string, defaultKind?: string): string {
  return humanizeEntityRef(ref, { defaultKind });
}
