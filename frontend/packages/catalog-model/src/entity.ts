import type { SerializedError } from '@callboard/errors';
import type { JsonObject } from '@callboard/types';

/** One link of an entity, as written in `metadata.links`. */
export type EntityLink = {
  url: string;
  title?: string;
  icon?: string;
  type?: string;
};

/** The metadata every entity has. Unknown members are kept. */
export type EntityMeta = JsonObject & {
  uid?: string;
  etag?: string;
  name: string;
  namespace?: string;
  title?: string;
  description?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  tags?: string[];
  links?: EntityLink[];
};

/** A directed, typed edge from an entity to another. */
export interface EntityRelation {
  type: string;
  targetRef: string;
}

/** One remark of the catalog about an entity, such as a processing error. */
export interface EntityStatusItem {
  type: string;
  level: 'info' | 'warning' | 'error';
  message: string;
  error?: SerializedError;
}

/** The envelope all catalog entities share. */
export interface Entity {
  apiVersion: string;
  kind: string;
  metadata: EntityMeta;
  spec?: JsonObject;
  relations?: EntityRelation[];
  status?: { items?: EntityStatusItem[] };
}

/** A registered location. */
export interface Location {
  id: string;
  type: string;
  target: string;
  entityRef?: string;
}

/** The namespace of an entity that names none. */
export const DEFAULT_NAMESPACE = 'default';

/** Where the entity was read from. */
export const ANNOTATION_LOCATION = 'backstage.io/managed-by-location';
/** The registration the entity came from, however many files in between. */
export const ANNOTATION_ORIGIN_LOCATION = 'backstage.io/managed-by-origin-location';
/** Where a person can read the entity's source. */
export const ANNOTATION_VIEW_URL = 'backstage.io/view-url';
/** Where a person can edit the entity's source. */
export const ANNOTATION_EDIT_URL = 'backstage.io/edit-url';
/** The folder of the component's source code. */
export const ANNOTATION_SOURCE_LOCATION = 'backstage.io/source-location';
/** How to reach a cluster, and how to sign in there. */
export const ANNOTATION_KUBERNETES_API_SERVER = 'kubernetes.io/api-server';
export const ANNOTATION_KUBERNETES_API_SERVER_CA = 'kubernetes.io/api-server-certificate-authority';
export const ANNOTATION_KUBERNETES_AUTH_PROVIDER = 'kubernetes.io/auth-provider';
/** Set to `true` when nothing emits the entity any more. */
export const ANNOTATION_ORPHAN = 'backstage.io/orphan';

/** The string at `key` of the entity's spec, if it is one. */
export function specString(entity: Entity, key: string): string | undefined {
  const value = entity.spec?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The plain object at `key` of the entity's spec, if it is one. */
export function specObject(entity: Entity, key: string): Record<string, unknown> | undefined {
  const value = entity.spec?.[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The targets of the entity's relations of one type, in the catalog's order. */
export function relationTargets(entity: Entity, type: string): string[] {
  return (entity.relations ?? []).filter(relation => relation.type === type).map(relation => relation.targetRef);
}

/** True when nothing emits the entity any more. */
export function isOrphan(entity: Entity): boolean {
  return entity.metadata.annotations?.[ANNOTATION_ORPHAN] === 'true';
}

/** The errors the catalog met while it processed the entity. */
export function processingErrors(entity: Entity): EntityStatusItem[] {
  return (entity.status?.items ?? []).filter(item => item.level === 'error');
}
