import type { Entity, Location } from '@callboard/catalog-model';
import type { Predicate } from './selection';

export interface GetLocationsResponse {
  items: Location[];
}

export interface QueryLocationsInitialRequest {
  limit?: number;
  query?: Predicate;
}

/** A page after an earlier one. */
export interface QueryLocationsCursorRequest {
  cursor: string;
}

export interface QueryLocationsRequest extends QueryLocationsInitialRequest, Partial<QueryLocationsCursorRequest> {}

export interface QueryLocationsResponse {
  items: Location[];
  totalItems: number;
  pageInfo: { nextCursor?: string };
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

export interface AnalyzeLocationRequest {
  location: { type: string; target: string };
  /** What descriptor files are called there, where that is not as everywhere. */
  catalogFilename?: string;
}

export interface AnalyzeLocationResponse {
  existingEntityFiles: { location: { type: string; target: string }; isRegistered: boolean; entity: Entity }[];
  generateEntities: { entity: Partial<Entity> & Pick<Entity, 'metadata'>; fields: unknown[] }[];
}
