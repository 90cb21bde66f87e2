import type { Entity } from '@callboard/catalog-model';
import { createContext, useContext, type ReactNode } from 'react';

/** The entity of a page, on its way or there. */
export interface AsyncEntity {
  entity?: Entity;
  loading: boolean;
  error?: Error;
  refresh?(): void;
}

const EntityContext = createContext<AsyncEntity | undefined>(undefined);

/** Gives an entity to everything below. */
export function EntityProvider({ entity, children }: { entity: Entity; children?: ReactNode }) {
  return <EntityContext value={{ entity, loading: false }}>{children}</EntityContext>;
}

/** Gives an entity that may still be loading to everything below. */
export function AsyncEntityProvider({ children, ...value }: AsyncEntity & { children?: ReactNode }) {
  return <EntityContext value={value}>{children}</EntityContext>;
}

/** The entity of the page. Only for components below a layout that waits for it. */
export function useEntity(): { entity: Entity } {
  const { entity } = useAsyncEntity();
  if (!entity) {
    throw new Error('useEntity is called where the entity has not been loaded; use useAsyncEntity, or render below EntityLayout');
  }
  return { entity };
}

/** The entity of the page, on its way or there. */
export function useAsyncEntity(): AsyncEntity {
  const value = useContext(EntityContext);
  if (!value) {
    throw new Error('There is no entity here: the component is rendered outside of an EntityProvider');
  }
  return value;
}
