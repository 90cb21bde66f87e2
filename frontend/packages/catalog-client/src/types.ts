import type { Entity, Location, SerializedError } from '@callboard/catalog-model';

/** Stands for "the key exists, whatever its value". */
export const CATALOG_FILTER_EXISTS: unique symbol = Symbol.for('callboard.catalog-filter-exists');

export type FilterValue = string | readonly string[] | typeof CATALOG_FILTER_EXISTS;

/** Keys must all match; of a key's several values one must. */
export type FilterSet = Readonly<Record<string, FilterValue>>;

/** One set, or several of which one must match. */
export type EntityFilter = FilterSet | readonly FilterSet[];

/** The predicate language of the POST endpoints, for what a filter string cannot say. */
export type Predicate =
  | { $all: Predicate[] }
  | { $any: Predicate[] }
  | { $not: Predicate }
  | { [key: string]: string | { $exists: boolean } | { $in: string[] } | { $hasPrefix: string } };

/** Which entities a call is about. At most one of the two. */
export interface EntitySelection {
  filter?: EntityFilter;
  query?: Predicate;
}

export interface QueryEntitiesRequest extends EntitySelection {
  /** Continues where an earlier page ended; selection, order and text then come from there. */
  cursor?: string;
  fields?: readonly string[];
  limit?: number;
  offset?: number;
  orderBy?: { field: string; order: 'asc' | 'desc' };
  fullText?: { term: string; fields?: readonly string[] };
  /** Skips the count where only the items matter. */
  totalItems?: 'include' | 'exclude';
}

export interface QueryEntitiesResponse {
  items: Entity[];
  totalItems: number;
  pageInfo: { nextCursor?: string; prevCursor?: string };
}

export interface Facet {
  value: string;
  count: number;
}

export interface AncestryResponse {
  rootEntityRef: string;
  items: { entity: Entity; parentEntityRefs: string[] }[];
}

export interface AddLocationRequest {
  type?: string;
  target: string;
  /** Reads and checks everything, stores nothing. */
  dryRun?: boolean;
  onConflict?: 'refresh' | 'reject';
}

export interface AddLocationResponse {
  location: Location;
  entities: Entity[];
  /** Only on a dry run: whether the location is registered already. */
  exists?: boolean;
}

export interface AnalyzeLocationResponse {
  existingEntityFiles: { location: { type: string; target: string }; isRegistered: boolean; entity: Entity }[];
  generateEntities: { entity: Partial<Entity> & Pick<Entity, 'metadata'>; fields: unknown[] }[];
}

/** Why an entity is not there, or not as its source has it. */
export type UnprocessedReason = 'failed' | 'conflict' | 'pending';

/** An entity that is not there, or not as its source has it. Names are those of Backstage's module. */
export interface UnprocessedEntity {
  entity_ref: string;
  entity_id?: string;
  reason: UnprocessedReason;
  errors: SerializedError[];
  /** The location it was read from, as `url:https://...`. */
  location_key: string;
  /** The Location entity that emits it; none when a provider does. */
  emitted_by?: string;
  since: string | null;
  /** None when it is tried again only after its source has changed. */
  next_update_at?: string;
  /** As its parent emitted it; null for a conflict, or for what cannot be parsed. */
  unprocessed_entity: object | null;
}

export interface UnprocessedEntitiesRequest {
  reason: UnprocessedReason;
  /** At most 1000. */
  limit?: number;
  cursor?: string;
}

export interface UnprocessedEntitiesResponse {
  items: UnprocessedEntity[];
  totalItems: number;
  pageInfo: { nextCursor?: string };
}

/** Options every call takes. */
export interface CallOptions {
  signal?: AbortSignal;
}

/** The catalog as a browser or a script sees it. */
export interface CatalogApi {
  queryEntities(request?: QueryEntitiesRequest, options?: CallOptions): Promise<QueryEntitiesResponse>;
  getEntityFacets(
    request: EntitySelection & { facets: readonly string[] },
    options?: CallOptions,
  ): Promise<Record<string, Facet[]>>;
  getEntityByRef(ref: string, options?: CallOptions): Promise<Entity | undefined>;
  getEntitiesByRefs(
    request: { entityRefs: readonly string[]; fields?: readonly string[] },
    options?: CallOptions,
  ): Promise<(Entity | undefined)[]>;
  getEntityAncestors(ref: string, options?: CallOptions): Promise<AncestryResponse>;
  getUnprocessedEntities(request: UnprocessedEntitiesRequest, options?: CallOptions): Promise<UnprocessedEntitiesResponse>;
  refreshEntity(ref: string): Promise<void>;
  removeEntityByUid(uid: string): Promise<void>;
  addLocation(request: AddLocationRequest): Promise<AddLocationResponse>;
  analyzeLocation(target: string): Promise<AnalyzeLocationResponse>;
  getLocationByEntity(ref: string, options?: CallOptions): Promise<Location | undefined>;
  removeLocationById(id: string): Promise<void>;
}
