import type { Entity, SerializedError } from '@callboard/catalog-model';
import type { EntityFieldsQuery, EntityFilterQuery, EntityOrderQuery, EntitySelection } from './selection';

export interface GetEntitiesRequest {
  filter?: EntityFilterQuery;
  fields?: EntityFieldsQuery;
  order?: EntityOrderQuery;
  offset?: number;
  limit?: number;
  /** The cursor of an earlier answer. */
  after?: string;
}

export interface GetEntitiesResponse {
  items: Entity[];
}

export interface GetEntitiesByRefsRequest extends EntitySelection {
  entityRefs: readonly string[];
  fields?: EntityFieldsQuery;
}

/** In the order of the references; undefined for those that are not there, or not selected. */
export interface GetEntitiesByRefsResponse {
  items: (Entity | undefined)[];
}

export interface QueryEntitiesRequest extends EntitySelection {
  /** Continues where an earlier page ended; selection, order and text then come from there. */
  cursor?: string;
  fields?: EntityFieldsQuery;
  limit?: number;
  offset?: number;
  orderFields?: EntityOrderQuery;
  fullTextFilter?: { term: string; fields?: readonly string[] };
  /** Skips the count where only the items matter. */
  totalItems?: 'include' | 'exclude';
}

export interface QueryEntitiesResponse {
  items: Entity[];
  totalItems: number;
  pageInfo: { nextCursor?: string; prevCursor?: string };
}

export interface StreamEntitiesRequest extends Omit<QueryEntitiesRequest, 'cursor' | 'limit' | 'offset'> {
  /** How many come at a time. */
  pageSize?: number;
}

export interface Facet {
  value: string;
  count: number;
}

export interface GetEntityFacetsRequest extends EntitySelection {
  /** Dotted paths whose values are counted. */
  facets: readonly string[];
}

export interface GetEntityFacetsResponse {
  facets: Record<string, Facet[]>;
}

export interface GetEntityAncestorsRequest {
  entityRef: string;
}

export interface GetEntityAncestorsResponse {
  rootEntityRef: string;
  items: { entity: Entity; parentEntityRefs: string[] }[];
}

export type ValidateEntityResponse = { valid: true } | { valid: false; errors: SerializedError[] };
