import { specObject, type Entity } from '@callboard/catalog-model';

/** What is read of a person or group to show who it is. */
export const PROFILE_FIELDS = ['kind', 'metadata.name', 'metadata.namespace', 'metadata.title', 'metadata.description', 'spec.profile'];

/** How a person or group can be reached and recognised, as far as their file says it. */
export function profileOf(entity: Entity): { email: string | undefined; picture: string | undefined } {
  const { email, picture } = specObject(entity, 'profile') ?? {};
  return { email: typeof email === 'string' ? email : undefined, picture: typeof picture === 'string' ? picture : undefined };
}
