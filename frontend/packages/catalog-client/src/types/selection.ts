/** Stands for "the key exists, whatever its value". */
export const CATALOG_FILTER_EXISTS: unique symbol = Symbol.for('callboard.catalog-filter-exists');

/** What the catalog has to say of an entity is of this type, in the items of its `status`. */
export const ENTITY_STATUS_CATALOG_PROCESSING_TYPE = 'backstage.io/catalog-processing';

/** Of several values one must match. The only symbol is `CATALOG_FILTER_EXISTS`. */
export type FilterValue = string | symbol | readonly (string | symbol)[];

/** Keys must all match; of a key's several values one must. */
export type FilterSet = Readonly<Record<string, FilterValue>>;

/** One set, or several of which one must match. */
export type EntityFilterQuery = FilterSet | readonly FilterSet[];

/** The predicate language of the POST endpoints, for what a filter string cannot say. */
export type Predicate =
  | { $all: Predicate[] }
  | { $any: Predicate[] }
  | { $not: Predicate }
  | { [key: string]: string | { $exists: boolean } | { $in: string[] } | { $hasPrefix: string } };

/** Which entities a call is about. Where both are given, both must match. */
export interface EntitySelection {
  filter?: EntityFilterQuery;
  query?: Predicate;
}

/** Dotted paths of the members that are wanted; all without any. */
export type EntityFieldsQuery = readonly string[];

export interface EntityOrder {
  field: string;
  order: 'asc' | 'desc';
}

/** What comes first; of several, the later decide between what the earlier leave equal. */
export type EntityOrderQuery = EntityOrder | readonly EntityOrder[];

/** Options every call takes. */
export interface CatalogRequestOptions {
  signal?: AbortSignal;
  /** For scripts; in the portal requests are signed without it. */
  token?: string;
}
