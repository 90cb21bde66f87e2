import { parseEntityRef, type Entity, type Location } from '@callboard/catalog-model';
import { encodeFilter, filterToPredicate, needsPredicate } from './filter';
import { ResponseError } from './ResponseError';
import type {
  AddLocationRequest,
  AddLocationResponse,
  AnalyzeLocationResponse,
  AncestryResponse,
  CallOptions,
  CatalogApi,
  EntitySelection,
  Facet,
  Predicate,
  QueryEntitiesRequest,
  QueryEntitiesResponse,
  UnprocessedEntitiesRequest,
  UnprocessedEntitiesResponse,
} from './types';

/** The server reads request bodies up to 100 kB; a chunk of references stays well below. */
const MAX_REFS_PER_CALL = 1000;

/** Speaks the catalog's REST API. */
export class CatalogClient implements CatalogApi {
  private readonly discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  private readonly fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi ?? { fetch: globalThis.fetch.bind(globalThis) };
  }

  async queryEntities(request: QueryEntitiesRequest = {}, options?: CallOptions): Promise<QueryEntitiesResponse> {
    const { cursor, fields, limit, offset, orderBy, fullText, totalItems } = request;
    const predicate = selectionPredicate(request);
    if (cursor ? cursorHoldsQuery(cursor) : predicate) {
      const body = cursor
        ? { cursor, limit, fields }
        : { query: predicate, limit, offset, fields, totalItems, orderBy: orderBy && [orderBy], fullTextFilter: fullText };
      return this.json('POST', '/entities/by-query', { body, ...options });
    }
    const params = new URLSearchParams();
    appendOptional(params, 'fields', fields?.join(','));
    appendOptional(params, 'limit', limit);
    if (cursor) {
      params.append('cursor', cursor);
    } else {
      encodeFilter(request.filter).forEach(filter => params.append('filter', filter));
      appendOptional(params, 'offset', offset);
      appendOptional(params, 'orderField', orderBy && `${orderBy.field},${orderBy.order}`);
      appendOptional(params, 'totalItems', totalItems);
      appendOptional(params, 'fullTextFilterTerm', fullText?.term);
      appendOptional(params, 'fullTextFilterFields', fullText?.term ? fullText.fields?.join(',') : undefined);
    }
    return this.json('GET', `/entities/by-query?${params}`, options);
  }

  async getEntityFacets(
    request: EntitySelection & { facets: readonly string[] },
    options?: CallOptions,
  ): Promise<Record<string, Facet[]>> {
    const predicate = selectionPredicate(request);
    if (predicate) {
      const body = { facets: request.facets, query: predicate };
      const answer = await this.json<{ facets: Record<string, Facet[]> }>('POST', '/entity-facets', { body, ...options });
      return answer.facets;
    }
    const params = new URLSearchParams(request.facets.map(facet => ['facet', facet]));
    encodeFilter(request.filter).forEach(filter => params.append('filter', filter));
    const answer = await this.json<{ facets: Record<string, Facet[]> }>('GET', `/entity-facets?${params}`, options);
    return answer.facets;
  }

  async getEntityByRef(ref: string, options?: CallOptions): Promise<Entity | undefined> {
    return this.optional<Entity>(`/entities/by-name/${refPath(ref)}`, options);
  }

  async getEntitiesByRefs(
    request: { entityRefs: readonly string[]; fields?: readonly string[] },
    options?: CallOptions,
  ): Promise<(Entity | undefined)[]> {
    const found: (Entity | undefined)[] = [];
    for (let start = 0; start < request.entityRefs.length; start += MAX_REFS_PER_CALL) {
      const body = { entityRefs: request.entityRefs.slice(start, start + MAX_REFS_PER_CALL), fields: request.fields };
      const { items } = await this.json<{ items: (Entity | null)[] }>('POST', '/entities/by-refs', { body, ...options });
      found.push(...items.map(item => item ?? undefined));
    }
    return found;
  }

  async getEntityAncestors(ref: string, options?: CallOptions): Promise<AncestryResponse> {
    return this.json('GET', `/entities/by-name/${refPath(ref)}/ancestry`, options);
  }

  async getUnprocessedEntities(
    { reason, limit, cursor }: UnprocessedEntitiesRequest,
    options?: CallOptions,
  ): Promise<UnprocessedEntitiesResponse> {
    const params = new URLSearchParams({ reason });
    appendOptional(params, 'limit', limit);
    appendOptional(params, 'cursor', cursor);
    return this.json('GET', `/entities/unprocessed?${params}`, options);
  }

  async refreshEntity(ref: string): Promise<void> {
    await this.send('POST', '/refresh', { body: { entityRef: ref } });
  }

  async removeEntityByUid(uid: string): Promise<void> {
    await this.send('DELETE', `/entities/by-uid/${encodeURIComponent(uid)}`);
  }

  async addLocation({ type = 'url', target, dryRun, onConflict }: AddLocationRequest): Promise<AddLocationResponse> {
    const params = new URLSearchParams();
    appendOptional(params, 'dryRun', dryRun);
    appendOptional(params, 'onConflict', onConflict);
    const query = params.size > 0 ? `?${params}` : '';
    return this.json('POST', `/locations${query}`, { body: { type, target } });
  }

  async analyzeLocation(target: string): Promise<AnalyzeLocationResponse> {
    return this.json('POST', '/analyze-location', { body: { location: { type: 'url', target } } });
  }

  async getLocationByEntity(ref: string, options?: CallOptions): Promise<Location | undefined> {
    return this.optional<Location>(`/locations/by-entity/${refPath(ref)}`, options);
  }

  async removeLocationById(id: string): Promise<void> {
    await this.send('DELETE', `/locations/${encodeURIComponent(id)}`);
  }

  private async optional<T>(path: string, options?: CallOptions): Promise<T | undefined> {
    try {
      return await this.json<T>('GET', path, options);
    } catch (error) {
      if (error instanceof ResponseError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  private async json<T>(method: string, path: string, options?: CallOptions & { body?: unknown }): Promise<T> {
    const response = await this.send(method, path, options);
    return (await response.json()) as T;
  }

  private async send(method: string, path: string, options?: CallOptions & { body?: unknown }): Promise<Response> {
    const base = await this.discoveryApi.getBaseUrl('catalog');
    const response = await this.fetchApi.fetch(`${base}${path}`, {
      method,
      signal: options?.signal,
      ...(options?.body !== undefined && {
        body: JSON.stringify(options.body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response, method);
    }
    return response;
  }
}

function selectionPredicate({ filter, query }: EntitySelection): Predicate | undefined {
  return query ?? (filter && needsPredicate(filter) ? filterToPredicate(filter) : undefined);
}

function refPath(ref: string): string {
  const { kind, namespace, name } = parseEntityRef(ref);
  return [kind, namespace, name].map(encodeURIComponent).join('/');
}

function appendOptional(params: URLSearchParams, key: string, value: string | number | boolean | undefined): void {
  if (value !== undefined && value !== '') {
    params.append(key, String(value));
  }
}

/** A cursor is opaque, but the server tells by a member `query` that it wants it back in a POST. */
function cursorHoldsQuery(cursor: string): boolean {
  try {
    return 'query' in JSON.parse(atob(cursor));
  } catch {
    return false;
  }
}
