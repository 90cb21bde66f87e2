import type { Entity } from '@callboard/catalog-model';
import type {
  EntityErrorFilter,
  EntityFilter,
  EntityKindFilter,
  EntityLifecycleFilter,
  EntityNamespaceFilter,
  EntityOrderFilter,
  EntityOrphanFilter,
  EntityOwnerFilter,
  EntityTagFilter,
  EntityTextFilter,
  EntityTypeFilter,
  EntityUserFilter,
  UserListFilter,
} from './filters';

/** The filters of the pickers that are here. A list may have more, under names of its own. */
export interface DefaultEntityFilters {
  kind?: EntityKindFilter;
  type?: EntityTypeFilter;
  user?: UserListFilter | EntityUserFilter;
  owners?: EntityOwnerFilter;
  lifecycles?: EntityLifecycleFilter;
  tags?: EntityTagFilter;
  text?: EntityTextFilter;
  orphan?: EntityOrphanFilter;
  error?: EntityErrorFilter;
  namespace?: EntityNamespaceFilter;
  order?: EntityOrderFilter;
}

/** Filters by their names, those of a plugin included. */
export type EntityFilters = Record<string, EntityFilter | undefined>;

/** Whether a list is read whole, which is usual, or page by page. */
export type EntityListPagination =
  | boolean
  | { mode?: 'cursor'; limit?: number }
  | { mode: 'offset'; limit?: number; offset?: number };

export type PaginationMode = 'cursor' | 'offset' | 'none';

/** A list of entities, and what it is filtered by. */
export interface EntityListContextProps<F extends DefaultEntityFilters = DefaultEntityFilters> {
  filters: F;
  /** Changes some filters; `undefined` takes one away. A list in pages begins anew. */
  updateFilters(filters: Partial<F> | ((previous: F) => Partial<F>)): void;
  /** What is shown. */
  entities: Entity[];
  /** What the catalog has given, before what is decided here. */
  backendEntities: Entity[];
  /** What the address says of filters, for those that begin with it. */
  queryParameters: Partial<Record<keyof F, string | string[]>>;
  loading: boolean;
  error?: Error;
  /** The ways to the pages before and after, where there are such. */
  pageInfo?: { next?(): void; prev?(): void };
  /** How many there are on all pages. */
  totalItems?: number;
  limit: number;
  setLimit(limit: number): void;
  /** The number of entities before the page; only in pages by offset. */
  offset?: number;
  setOffset?(offset: number): void;
  paginationMode: PaginationMode;
  refresh(): void;
}
