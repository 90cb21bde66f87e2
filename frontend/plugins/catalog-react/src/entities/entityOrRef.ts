import { stringifyEntityRef, type CompoundEntityRef, type Entity } from '@callboard/catalog-model';

/** An entity, or what it is referred to by. */
export type EntityOrRef = Entity | CompoundEntityRef | string;

/** The reference; one that is written already stays as it is. */
export function refOf(entityOrRef: EntityOrRef): string {
  return typeof entityOrRef === 'string' ? entityOrRef : stringifyEntityRef(entityOrRef);
}

/** Whether it is the entity itself. */
export function isEntity(entityOrRef: EntityOrRef): entityOrRef is Entity {
  return typeof entityOrRef === 'object' && 'metadata' in entityOrRef;
}
