import { parseEntityRef, stringifyEntityRef, type CompoundEntityRef, type Entity, type Location } from '@callboard/catalog-model';
import { ResponseError, type SerializedError } from '@callboard/errors';
import { encodeFilter, filterToPredicate, selectionPredicate } from './filter';
import { JsonRequester } from './JsonRequester';
import type * as api from './types';
import type { CatalogRequestOptions as Options } from './types';

/** The server reads request bodies up to 100 kB; a chunk of references stays well below. */
const MAX_REFS_PER_CALL = 1000;

/** So many come at a time where all are read. */
const PAGE = 500;

/** Speaks the catalog's REST API. */
export class CatalogClient implements api.CatalogApi {
  private readonly discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  private readonly requester: JsonRequester;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.discoveryApi = options.discoveryApi;
    this.requester = new JsonRequester(options.fetchApi ?? { fetch: globalThis.fetch.bind(globalThis) });
  }

  async getEntities(request: api.GetEntitiesRequest = {}, options?: Options): Promise<api.GetEntitiesResponse> {
    const { filter, fields, order, offset, limit, after } = request;
    if (selectionPredicate({ filter })) {
      return this.getByPredicate(request, options);
    }
    const params = new URLSearchParams();
    appendOptional(params, 'fields', fields?.join(','));
    appendOptional(params, 'limit', limit);
    encodeFilter(filter).forEach(text => params.append('filter', text));
    appendOptional(params, 'offset', offset);
    appendOptional(params, 'after', after);
    listOf(order).forEach(one => params.append('order', `${one.order}:${one.field}`));
    return { items: await this.json('GET', withQuery('/entities', params), options) };
  }

  async queryEntities(request: api.QueryEntitiesRequest = {}, options?: Options): Promise<api.QueryEntitiesResponse> {
    const { cursor, fields, limit, offset, orderFields, fullTextFilter, totalItems } = request;
    const predicate = selectionPredicate(request);
    if (cursor ? cursorHoldsQuery(cursor) : predicate) {
      const orderBy = orderFields && listOf(orderFields);
      const body = cursor
        ? { cursor, limit, fields }
        : { query: predicate, limit, offset, fields, totalItems, orderBy, fullTextFilter };
      return this.json('POST', '/entities/by-query', options, body);
    }
    const params = new URLSearchParams();
    appendOptional(params, 'fields', fields?.join(','));
    appendOptional(params, 'limit', limit);
    if (cursor) {
      params.append('cursor', cursor);
    } else {
      encodeFilter(request.filter).forEach(filter => params.append('filter', filter));
      appendOptional(params, 'offset', offset);
      listOf(orderFields).forEach(({ field, order }) => params.append('orderField', `${field},${order}`));
      appendOptional(params, 'totalItems', totalItems);
      appendOptional(params, 'fullTextFilterTerm', fullTextFilter?.term);
      appendOptional(params, 'fullTextFilterFields', fullTextFilter?.term ? fullTextFilter.fields?.join(',') : undefined);
    }
    return this.json('GET', `/entities/by-query?${params}`, options);
  }

  async *streamEntities(request: api.StreamEntitiesRequest = {}, options?: Options): AsyncGenerator<Entity[]> {
    const { pageSize: limit = PAGE, ...selection } = request;
    let cursor: string | undefined;
    do {
      const { fields } = selection;
      const page = await this.queryEntities(cursor ? { cursor, limit, fields } : { ...selection, limit }, options);
      yield page.items;
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
  }

  async getEntityFacets(request: api.GetEntityFacetsRequest, options?: Options): Promise<api.GetEntityFacetsResponse> {
    const query = selectionPredicate(request);
    if (query) {
      return this.json('POST', '/entity-facets', options, { facets: request.facets, query });
    }
    const params = new URLSearchParams(request.facets.map(facet => ['facet', facet]));
    encodeFilter(request.filter).forEach(filter => params.append('filter', filter));
    return this.json('GET', `/entity-facets?${params}`, options);
  }

  async getEntityByRef(entityRef: string | CompoundEntityRef, options?: Options): Promise<Entity | undefined> {
    // By its name the answer would be 404 where it is not, which browsers write to their console as an error.
    const { items } = await this.getEntitiesByRefs({ entityRefs: [stringifyEntityRef(parseEntityRef(entityRef))] }, options);
    return items[0];
  }

  async getEntitiesByRefs(request: api.GetEntitiesByRefsRequest, options?: Options): Promise<api.GetEntitiesByRefsResponse> {
    const { entityRefs, fields, filter } = request;
    const query = request.query || filter ? (selectionPredicate(request) ?? filterToPredicate(filter ?? {})) : undefined;
    const found: (Entity | undefined)[] = [];
    for (let start = 0; start < entityRefs.length; start += MAX_REFS_PER_CALL) {
      const body = { entityRefs: entityRefs.slice(start, start + MAX_REFS_PER_CALL), fields, query };
      const { items } = await this.json<{ items: (Entity | null)[] }>('POST', '/entities/by-refs', options, body);
      found.push(...items.map(item => item ?? undefined));
    }
    return { items: found };
  }

  async getEntityAncestors({ entityRef }: api.GetEntityAncestorsRequest, options?: Options): Promise<api.GetEntityAncestorsResponse> {
    return this.json('GET', `/entities/by-name/${refPath(entityRef)}/ancestry`, options);
  }

  async getEntityChanges({ entityRef, limit, cursor }: api.GetEntityChangesRequest, options?: Options): Promise<api.GetEntityChangesResponse> {
    const params = new URLSearchParams();
    appendOptional(params, 'limit', limit);
    appendOptional(params, 'cursor', cursor);
    return this.json('GET', withQuery(`/entities/by-name/${refPath(entityRef)}/changes`, params), options);
  }

  async getUnprocessedEntities(
    { reason, limit, cursor }: api.UnprocessedEntitiesRequest,
    options?: Options,
  ): Promise<api.UnprocessedEntitiesResponse> {
    const params = new URLSearchParams({ reason });
    appendOptional(params, 'limit', limit);
    appendOptional(params, 'cursor', cursor);
    return this.json('GET', `/entities/unprocessed?${params}`, options);
  }

  async refreshEntity(entityRef: string, options?: Options): Promise<void> {
    await this.send('POST', '/refresh', options, { entityRef });
  }

  async removeEntityByUid(uid: string, options?: Options): Promise<void> {
    await this.send('DELETE', `/entities/by-uid/${encodeURIComponent(uid)}`, options);
  }

  async validateEntity(entity: Entity, locationRef: string, options?: Options): Promise<api.ValidateEntityResponse> {
    const response = await this.send('POST', '/validate-entity', { ...options, accept: 400 }, { entity, location: locationRef });
    if (response.ok) {
      return { valid: true };
    }
    const { errors, error } = (await response.json()) as { errors?: SerializedError[]; error?: SerializedError };
    return { valid: false, errors: errors ?? (error ? [error] : []) };
  }

  async getLocations(_request?: object, options?: Options): Promise<api.GetLocationsResponse> {
    const answer = await this.json<{ data: Location }[]>('GET', '/locations', options);
    return { items: answer.map(({ data }) => data) };
  }

  async queryLocations(request: api.QueryLocationsRequest = {}, options?: Options): Promise<api.QueryLocationsResponse> {
    return this.json('POST', '/locations/by-query', options, request);
  }

  async *streamLocations(request: api.QueryLocationsInitialRequest = {}, options?: Options): AsyncGenerator<Location[]> {
    let cursor: string | undefined;
    do {
      const page = await this.queryLocations(cursor ? { cursor } : { limit: PAGE, ...request }, options);
      yield page.items;
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
  }

  async getLocationById(id: string, options?: Options): Promise<Location | undefined> {
    return this.optional<Location>(`/locations/${encodeURIComponent(id)}`, options);
  }

  async getLocationByRef(locationRef: string, options?: Options): Promise<Location | undefined> {
    const { items } = await this.getLocations({}, options);
    return items.find(({ type, target }) => `${type}:${target}` === locationRef);
  }

  async getLocationByEntity(entityRef: string | CompoundEntityRef, options?: Options): Promise<Location | undefined> {
    return this.optional<Location>(`/locations/by-entity/${refPath(entityRef)}`, options);
  }

  async addLocation(request: api.AddLocationRequest, options?: Options): Promise<api.AddLocationResponse> {
    const { type = 'url', target, dryRun, onConflict } = request;
    const params = new URLSearchParams();
    appendOptional(params, 'dryRun', dryRun);
    appendOptional(params, 'onConflict', onConflict);
    return this.json('POST', withQuery('/locations', params), options, { type, target });
  }

  async updateLocation(id: string, location: { type?: string; target: string }, options?: Options): Promise<Location> {
    return this.json('PUT', `/locations/${encodeURIComponent(id)}`, options, { type: 'url', ...location });
  }

  async removeLocationById(id: string, options?: Options): Promise<void> {
    await this.send('DELETE', `/locations/${encodeURIComponent(id)}`, options);
  }

  async analyzeLocation(request: api.AnalyzeLocationRequest, options?: Options): Promise<api.AnalyzeLocationResponse> {
    return this.json('POST', '/analyze-location', options, request);
  }

  /** The same as `getEntities` where a filter string cannot say what is wanted. */
  private async getByPredicate(request: api.GetEntitiesRequest, options?: Options): Promise<api.GetEntitiesResponse> {
    const { filter, fields, order: orderFields, offset, limit, after: cursor } = request;
    const selection = { filter, fields, orderFields };
    if (limit !== undefined || offset !== undefined || cursor !== undefined) {
      return this.queryEntities({ ...selection, offset, limit, cursor, totalItems: 'exclude' }, options);
    }
    const items: Entity[] = [];
    for await (const page of this.streamEntities(selection, options)) {
      items.push(...page);
    }
    return { items };
  }

  private async optional<T>(path: string, options?: Options): Promise<T | undefined> {
    try {
      return await this.json<T>('GET', path, options);
    } catch (error) {
      if (error instanceof ResponseError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  private async json<T>(method: string, path: string, options?: Options, body?: unknown): Promise<T> {
    const response = await this.send(method, path, options, body);
    return (await response.json()) as T;
  }

  private async send(method: string, path: string, options?: Options & { accept?: number }, body?: unknown): Promise<Response> {
    const base = await this.discoveryApi.getBaseUrl('catalog');
    return this.requester.send(method, `${base}${path}`, { ...options, body });
  }
}

function refPath(ref: string | CompoundEntityRef): string {
  const { kind, namespace, name } = typeof ref === 'string' ? parseEntityRef(ref) : ref;
  return [kind, namespace, name].map(encodeURIComponent).join('/');
}

function withQuery(path: string, params: URLSearchParams): string {
  return params.size > 0 ? `${path}?${params}` : path;
}

function appendOptional(params: URLSearchParams, key: string, value: string | number | boolean | undefined): void {
  if (value !== undefined && value !== '') {
    params.append(key, String(value));
  }
}

function listOf(order: api.EntityOrderQuery | undefined): readonly api.EntityOrder[] {
  return Array.isArray(order) ? (order as readonly api.EntityOrder[]) : order ? [order as api.EntityOrder] : [];
}

/** A cursor is opaque, but the server tells by a member `query` that it wants it back in a POST. */
function cursorHoldsQuery(cursor: string): boolean {
  try {
    return 'query' in JSON.parse(atob(cursor));
  } catch {
    return false;
  }
}
