import type { Entity } from '@callboard/catalog-model';
import { createContext, useContext, type ReactNode } from 'react';

/** The entity of a page, on its way or there. */
export interface EntityLoadingStatus<E extends Entity = Entity> {
  entity?: E;
  loading: boolean;
  error?: Error;
  refresh?(): void;
}

export interface EntityProviderProps {
  entity: Entity | undefined;
  children?: ReactNode;
}

export interface AsyncEntityProviderProps extends EntityLoadingStatus {
  children?: ReactNode;
}

const EntityContext = createContext<EntityLoadingStatus | undefined>(undefined);

/** Gives an entity to everything below; one that is not there yet is loading. */
export function EntityProvider({ entity, children }: EntityProviderProps) {
  return <EntityContext value={{ entity, loading: !entity }}>{children}</EntityContext>;
}

/** Gives an entity that may still be loading to everything below. */
export function AsyncEntityProvider({ children, ...value }: AsyncEntityProviderProps) {
  return <EntityContext value={value}>{children}</EntityContext>;
}

/** The entity of the page. Only for components below a layout that waits for it. */
export function useEntity<E extends Entity = Entity>(): { entity: E } {
  const { entity } = useAsyncEntity<E>();
  if (!entity) {
    throw new Error('useEntity is called where the entity has not been loaded; use useAsyncEntity, or render below EntityLayout');
  }
  return { entity };
}

/** The entity of the page, on its way or there. */
export function useAsyncEntity<E extends Entity = Entity>(): EntityLoadingStatus<E> {
  const value = useContext(EntityContext);
  if (!value) {
    throw new Error('There is no entity here: the component is rendered outside of an EntityProvider');
  }
  // What an entity of the page is, its components know.
  return value as EntityLoadingStatus<E>;
}
