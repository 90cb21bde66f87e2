import type { CompoundEntityRef, Entity, Location } from '@callboard/catalog-model';
import type { GetEntityChangesRequest, GetEntityChangesResponse } from './changes';
import type {
  GetEntitiesByRefsRequest,
  GetEntitiesByRefsResponse,
  GetEntitiesRequest,
  GetEntitiesResponse,
  GetEntityAncestorsRequest,
  GetEntityAncestorsResponse,
  GetEntityFacetsRequest,
  GetEntityFacetsResponse,
  QueryEntitiesRequest,
  QueryEntitiesResponse,
  StreamEntitiesRequest,
  ValidateEntityResponse,
} from './entities';
import type {
  AddLocationRequest,
  AddLocationResponse,
  AnalyzeLocationRequest,
  AnalyzeLocationResponse,
  GetLocationsResponse,
  QueryLocationsInitialRequest,
  QueryLocationsRequest,
  QueryLocationsResponse,
} from './locations';
import type { CatalogRequestOptions } from './selection';
import type { UnprocessedEntitiesRequest, UnprocessedEntitiesResponse } from './unprocessed';

/** The catalog as a browser or a script sees it. What is refused is a `ResponseError`; what is not there is undefined. */
export interface CatalogApi {
  /** All of a selection at once. For long lists and for totals there is `queryEntities`. */
  getEntities(request?: GetEntitiesRequest, options?: CatalogRequestOptions): Promise<GetEntitiesResponse>;
  getEntitiesByRefs(request: GetEntitiesByRefsRequest, options?: CatalogRequestOptions): Promise<GetEntitiesByRefsResponse>;
  /** One page of a selection. */
  queryEntities(request?: QueryEntitiesRequest, options?: CatalogRequestOptions): Promise<QueryEntitiesResponse>;
  /** All of a selection, page by page. */
  streamEntities(request?: StreamEntitiesRequest, options?: CatalogRequestOptions): AsyncIterable<Entity[]>;
  getEntityAncestors(request: GetEntityAncestorsRequest, options?: CatalogRequestOptions): Promise<GetEntityAncestorsResponse>;
  /** What changed in an entity since it was registered. */
  getEntityChanges(request: GetEntityChangesRequest, options?: CatalogRequestOptions): Promise<GetEntityChangesResponse>;
  getEntityByRef(entityRef: string | CompoundEntityRef, options?: CatalogRequestOptions): Promise<Entity | undefined>;
  getEntityFacets(request: GetEntityFacetsRequest, options?: CatalogRequestOptions): Promise<GetEntityFacetsResponse>;
  getUnprocessedEntities(request: UnprocessedEntitiesRequest, options?: CatalogRequestOptions): Promise<UnprocessedEntitiesResponse>;
  refreshEntity(entityRef: string, options?: CatalogRequestOptions): Promise<void>;
  removeEntityByUid(uid: string, options?: CatalogRequestOptions): Promise<void>;
  /** Whether the catalog would take the entity, if it came from that location (`url:https://...`). */
  validateEntity(entity: Entity, locationRef: string, options?: CatalogRequestOptions): Promise<ValidateEntityResponse>;

  getLocations(request?: object, options?: CatalogRequestOptions): Promise<GetLocationsResponse>;
  queryLocations(request?: QueryLocationsRequest, options?: CatalogRequestOptions): Promise<QueryLocationsResponse>;
  streamLocations(request?: QueryLocationsInitialRequest, options?: CatalogRequestOptions): AsyncIterable<Location[]>;
  getLocationById(id: string, options?: CatalogRequestOptions): Promise<Location | undefined>;
  /** By type and target, as `url:https://...`. */
  getLocationByRef(locationRef: string, options?: CatalogRequestOptions): Promise<Location | undefined>;
  getLocationByEntity(entityRef: string | CompoundEntityRef, options?: CatalogRequestOptions): Promise<Location | undefined>;
  addLocation(request: AddLocationRequest, options?: CatalogRequestOptions): Promise<AddLocationResponse>;
  updateLocation(id: string, location: { type?: string; target: string }, options?: CatalogRequestOptions): Promise<Location>;
  removeLocationById(id: string, options?: CatalogRequestOptions): Promise<void>;
  analyzeLocation(request: AnalyzeLocationRequest, options?: CatalogRequestOptions): Promise<AnalyzeLocationResponse>;
}
