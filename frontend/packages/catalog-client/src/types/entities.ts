import type { Entity } from '@callboard/catalog-model';
import type { SerializedError } from '@callboard/errors';
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

/** A first page. */
export interface QueryEntitiesInitialRequest extends EntitySelection {
  fields?: EntityFieldsQuery;
  limit?: number;
  offset?: number;
  orderFields?: EntityOrderQuery;
  fullTextFilter?: { term: string; fields?: readonly string[] };
  /** Skips the count where only the items matter. */
  totalItems?: 'include' | 'exclude';
}

/** A page after an earlier one. */
export interface QueryEntitiesCursorRequest {
  cursor: string;
  fields?: EntityFieldsQuery;
  limit?: number;
}

/** A page. It continues where an earlier one ended with a cursor; selection, order and text then come from there. */
export interface QueryEntitiesRequest extends QueryEntitiesInitialRequest, Partial<QueryEntitiesCursorRequest> {}

export interface QueryEntitiesResponse {
  items: Entity[];
  totalItems: number;
  pageInfo: { nextCursor?: string; prevCursor?: string };
}

export interface StreamEntitiesRequest extends Omit<QueryEntitiesInitialRequest, 'limit' | 'offset'> {
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
