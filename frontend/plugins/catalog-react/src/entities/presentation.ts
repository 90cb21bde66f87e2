import { humanizeEntityRef, specObject, specString, type Entity } from '@callboard/catalog-model';

/** The members of an entity that its presentation needs; ask the catalog for no more. */
export const PRESENTATION_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.profile.displayName',
  'spec.target',
  'spec.type',
];

/** What an entity is called on screen. */
export function entityTitle(entity: Entity): string {
  const displayName = specObject(entity, 'profile')?.displayName;
  if (typeof displayName === 'string' && displayName !== '') {
    return displayName;
  }
  return entity.metadata.title || generatedLocationTitle(entity) || entity.metadata.name;
}

/** The catalog names the Location of a registration by a hash, which says nothing; where it leads does. */
function generatedLocationTitle(entity: Entity): string | undefined {
  const target = specString(entity, 'target');
  const isGenerated = entity.kind.toLowerCase() === 'location' && /^generated-[0-9a-f]{8,}$/.test(entity.metadata.name);
  return isGenerated ? target?.replace(/^https?:\/\//, '') : undefined;
}

/** What an entity is called on screen while only its reference is known. */
export function refTitle(ref: string, defaultKind?: string): string {
  return humanizeEntityRef(ref, { defaultKind });
}
