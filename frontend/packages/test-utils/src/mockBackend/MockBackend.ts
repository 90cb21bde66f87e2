import { ANNOTATION_ORIGIN_LOCATION, isOrphan, KubernetesValidatorFunctions, processingErrors, type Entity } from '@callboard/catalog-model';
import { hasRow, matchesFilters, matchesPredicate, project, refOf, searchRows, sortValue } from './searchRows';

type Body = Record<string, unknown>;
type Handler = (request: { url: URL; body: Body; path: string[] }) => unknown;

type Respond = () => Response | undefined | Promise<Response>;

/** An answer other than 200 with a body. */
class Answer {
  constructor(
    readonly status: number,
    readonly body?: unknown,
  ) {}
}

const SETTING = /^\/api\/user-settings\/buckets\/([^/]+)\/keys\/([^/]+)$/;

function failure(status: number, name: string, message: string): Answer {
  return new Answer(status, { error: { name, message }, request: {}, response: { statusCode: status } });
}

interface ListOptions {
  limit: number;
  start: number;
  field?: string;
  order?: string;
  refs: string[];
}

/** A backend of the portal's REST API in memory, for tests and for work on pages without a server. */
export class MockBackend {
  /** Requests as they came, such as `GET /api/catalog/entities/by-query?limit=20`. */
  readonly requests: string[] = [];
  private overrides: { match: RegExp; respond: Respond }[] = [];
  /** The person's settings, by `bucket/key`. */
  readonly settings = new Map<string, unknown>();
  /** Names of permissions that the person lacks. */
  readonly denied = new Set<string>();
  /** What changed in entities, by their references, newest first. */
  readonly changes = new Map<string, unknown[]>();
  /** What is registered. */
  locations: { id: string; type: string; target: string }[] = [];

  constructor(
    public entities: Entity[],
    /** What files elsewhere declare, by their addresses. */
    readonly importable: Record<string, Entity[]> = {},
  ) {}

  /**
   * Answers requests that match with something else, such as an error, unless `respond` has nothing to say. What has a body may be
   * told by it as well, which follows: `POST /api/catalog/entities/by-refs {"entityRefs":…`.
   */
  override(match: RegExp, respond: Respond): void {
    this.overrides.unshift({ match, respond });
  }

  /** Answers a request as the portal would. */
  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input instanceof Request ? input : new URL(String(input), 'http://localhost'), init);
    const url = new URL(request.url);
    const line = `${request.method} ${decodeURIComponent(url.pathname + url.search)}`;
    this.requests.push(line);
    const text = request.method === 'GET' ? '' : await request.text();
    const overridden = await this.overrides.find(({ match }) => match.test(line) || match.test(`${line} ${text}`))?.respond();
    if (overridden) {
      return overridden;
    }
    const answer = this.answer(request.method, url, text ? (JSON.parse(text) as Body) : {});
    const { status, body } = answer instanceof Answer ? answer : { status: 200, body: answer };
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
  };

  private answer(method: string, url: URL, body: Body): unknown {
    const routes: [string, RegExp, Handler][] = [
      ['GET', /^\/api\/auth\/guest\/refresh$/, () => this.guest()],
      ['GET', /^\/api\/catalog\/entities$/, request => this.list(request.url)],
      ['GET', /^\/api\/catalog\/entities\/by-query$/, request => this.query(request.url, {})],
      ['POST', /^\/api\/catalog\/entities\/by-query$/, request => this.query(request.url, request.body)],
      ['GET', /^\/api\/catalog\/entity-facets$/, request => this.facets(request.url, {})],
      ['POST', /^\/api\/catalog\/entity-facets$/, request => this.facets(request.url, request.body)],
      ['POST', /^\/api\/catalog\/entities\/by-refs$/, request => this.byRefs(request.body)],
      ['GET', /^\/api\/catalog\/entities\/by-name\/([^/]+)\/([^/]+)\/([^/]+)$/, ({ path }) => this.byName(path)],
      ['GET', /^\/api\/catalog\/entities\/by-name\/([^/]+)\/([^/]+)\/([^/]+)\/ancestry$/, ({ path }) => this.ancestry(path)],
      ['GET', /^\/api\/catalog\/entities\/by-name\/([^/]+)\/([^/]+)\/([^/]+)\/changes$/, ({ url, path }) => this.changesOf(url, path)],
      ['GET', /^\/api\/catalog\/entities\/unprocessed$/, request => this.unprocessed(request.url)],
      ['DELETE', /^\/api\/catalog\/entities\/by-uid\/([^/]+)$/, ({ path }) => this.deleteEntity(path)],
      ['GET', /^\/api\/catalog\/locations$/, () => this.locations.map(data => ({ data }))],
      ['GET', /^\/api\/catalog\/locations\/([^/]+)$/, ({ path }) => this.location(path)],
      ['POST', /^\/api\/catalog\/validate-entity$/, request => this.validate(request.body)],
      ['GET', /^\/api\/catalog\/locations\/by-entity\/([^/]+)\/([^/]+)\/([^/]+)$/, ({ path }) => this.locationOf(path)],
      ['DELETE', /^\/api\/catalog\/locations\/([^/]+)$/, ({ path }) => this.deleteLocation(path)],
      ['POST', /^\/api\/catalog\/refresh$/, () => new Answer(200)],
      ['POST', /^\/api\/catalog\/locations$/, request => this.addLocation(request.url, request.body)],
      ['POST', /^\/api\/catalog\/analyze-location$/, request => this.analyze(request.body)],
      ['POST', /^\/api\/permission\/authorize$/, request => this.authorize(request.body)],
      ['POST', /^\/api\/user-settings\/multiget$/, request => this.getSettings(request.body)],
      ['PUT', SETTING, request => this.putSetting(request.path, request.body)],
      ['DELETE', SETTING, request => this.deleteSetting(request.path)],
    ];
    for (const [routeMethod, pattern, handler] of routes) {
      const match = routeMethod === method && pattern.exec(url.pathname);
      if (match) {
        return handler({ url, body, path: match.slice(1).map(decodeURIComponent) });
      }
    }
    return new Answer(404);
  }

  private guest() {
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const token = ['header', btoa(JSON.stringify({ sub: 'user:default/guest', exp })), 'signature'].join('.');
    const identity = {
      type: 'user',
      userEntityRef: 'user:default/guest',
      ownershipEntityRefs: ['user:default/guest', 'group:default/payments'],
    };
    return { profile: { displayName: 'Guest' }, backstageIdentity: { token, identity } };
  }

  private select(url: URL, body: Body): Entity[] {
    const predicate = body.query as Body | undefined;
    return this.entities.filter(
      entity =>
        matchesFilters(entity, url.searchParams.getAll('filter')) && (!predicate || matchesPredicate(entity, predicate)),
    );
  }

  private list(url: URL): unknown {
    const { refs } = this.started(url, {});
    const [offset, limit] = ['offset', 'limit'].map(name => url.searchParams.get(name));
    const start = Number(offset ?? 0);
    const fields = url.searchParams.get('fields')?.split(',');
    return refs
      .slice(start, limit === null || limit === undefined ? undefined : start + Number(limit))
      .flatMap(ref => this.find(ref) ?? [])
      .map(entity => project(entity, fields));
  }

  private query(url: URL, body: Body): unknown {
    const params = url.searchParams;
    const cursor = (body.cursor as string | undefined) ?? params.get('cursor');
    const limit = Number(body.limit ?? params.get('limit') ?? 200);
    const fields = (body.fields as string[] | undefined) ?? params.get('fields')?.split(',');
    const list = cursor ? this.continued(cursor) : this.started(url, body);
    if (!list) {
      return failure(400, 'InputError', 'Malformed cursor: not valid');
    }
    const items = list.refs.slice(list.start, list.start + limit).flatMap(ref => this.find(ref) ?? []);
    const page = (start: number) => btoa(JSON.stringify({ ...list, start }));
    return {
      items: items.map(entity => project(entity, fields)),
      totalItems: new Set(list.refs).size,
      pageInfo: {
        ...(limit > 0 && list.start + limit < list.refs.length && { nextCursor: page(list.start + limit) }),
        ...(limit > 0 && list.start > 0 && { prevCursor: page(Math.max(0, list.start - limit)) }),
      },
    };
  }

  private continued(cursor: string): ListOptions | undefined {
    try {
      return JSON.parse(atob(cursor)) as ListOptions;
    } catch {
      return undefined;
    }
  }

  private started(url: URL, body: Body): ListOptions {
    const params = url.searchParams;
    const orderBy = (body.orderBy as { field: string; order: string }[] | undefined)?.[0];
    const [field, order] = orderBy ? [orderBy.field, orderBy.order] : (params.get('orderField')?.split(',') ?? []);
    const fullText = body.fullTextFilter as { term?: string; fields?: string[] } | undefined;
    const term = (fullText?.term ?? params.get('fullTextFilterTerm') ?? '').toLowerCase();
    const textFields = fullText?.fields ?? params.get('fullTextFilterFields')?.split(',') ?? ['metadata.name'];
    const direction = order === 'desc' ? -1 : 1;
    const found = this.select(url, body)
      .filter(entity => !term || searchRows(entity).some(([key, value]) => textFields.some(one => one.toLowerCase() === key) && value.toLowerCase().includes(term)))
      .filter(entity => !field || hasRow(entity, field));
    if (field) {
      found.sort((a, b) => direction * compare(sortValue(a, field), sortValue(b, field)) || compare(refOf(a), refOf(b)));
    }
    return { limit: 0, start: Number(params.get('offset') ?? body.offset ?? 0), field, order, refs: found.map(refOf) };
  }

  private facets(url: URL, body: Body): unknown {
    const names = (body.facets as string[] | undefined) ?? url.searchParams.getAll('facet');
    const found = this.select(url, body);
    const count = (name: string) => {
      const counts = new Map<string, number>();
      for (const entity of found) {
        const values = new Set(searchRows(entity).filter(([key]) => key === name.toLowerCase()).map(([, value]) => value));
        values.forEach(value => counts.set(value, (counts.get(value) ?? 0) + 1));
      }
      return [...counts].map(([value, number]) => ({ value, count: number })).sort((a, b) => compare(a.value, b.value));
    };
    return { facets: Object.fromEntries(names.map(name => [name, count(name)])) };
  }

  private byRefs(body: Body): unknown {
    const fields = body.fields as string[] | undefined;
    const items = (body.entityRefs as string[]).map(ref => this.find(ref));
    return { items: items.map(entity => (entity ? project(entity, fields) : null)) };
  }

  private byName([kind = '', namespace = '', name = '']: string[]): unknown {
    return (
      this.find(`${kind}:${namespace}/${name}`.toLowerCase()) ??
      failure(404, 'NotFoundError', `No entity named '${name}' found, with kind '${kind}' in namespace '${namespace}'`)
    );
  }

  private ancestry([kind = '', namespace = '', name = '']: string[]): unknown {
    const ref = `${kind}:${namespace}/${name}`.toLowerCase();
    const entity = this.find(ref);
    return entity
      ? { rootEntityRef: ref, items: [{ entity, parentEntityRefs: [] }] }
      : failure(404, 'NotFoundError', `No such entity ${ref}`);
  }

  private changesOf(url: URL, [kind = '', namespace = '', name = '']: string[]): unknown {
    const ref = `${kind}:${namespace}/${name}`.toLowerCase();
    const changes = this.changes.get(ref) ?? [];
    const limit = Number(url.searchParams.get('limit') ?? 20);
    return this.find(ref)
      ? { items: changes.slice(0, limit), pageInfo: changes.length > limit ? { nextCursor: btoa(String(limit)) } : {} }
      : failure(404, 'NotFoundError', `No such entity ${ref}`);
  }

  private unprocessed(url: URL): unknown {
    const failed = url.searchParams.get('reason') === 'failed' ? this.entities.filter(one => processingErrors(one).length > 0) : [];
    const items = failed.map(entity => ({ entity_ref: refOf(entity), reason: 'failed' }));
    return { items, totalItems: items.length, pageInfo: {} };
  }

  private deleteEntity([uid]: string[]): Answer {
    this.entities = this.entities.filter(entity => entity.metadata.uid !== uid);
    return new Answer(204);
  }

  private locationOf([kind = '', namespace = '', name = '']: string[]): unknown {
    const ref = `${kind}:${namespace}/${name}`.toLowerCase();
    const origin = this.find(ref)?.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
    return (
      this.locations.find(({ type, target }) => `${type}:${target}` === origin) ??
      failure(404, 'NotFoundError', `Found no location for ref ${ref}`)
    );
  }

  private location([id]: string[]): unknown {
    return this.locations.find(one => one.id === id) ?? failure(404, 'NotFoundError', `Found no location with ID ${id}`);
  }

  /** Wants a name of the right form, as the catalog does among much else. */
  private validate({ entity }: Body): Answer {
    const name = ((entity as Body | undefined)?.metadata as Body | undefined)?.name;
    return KubernetesValidatorFunctions.isValidObjectName(name)
      ? new Answer(200)
      : new Answer(400, { errors: [{ name: 'Error', message: `"metadata.name" is not valid; got ${JSON.stringify(name)}` }] });
  }

  private deleteLocation([id]: string[]): Answer {
    const location = this.locations.find(one => one.id === id);
    if (!location) {
      return failure(404, 'NotFoundError', `Found no location with ID ${id}`);
    }
    const origin = `${location.type}:${location.target}`;
    this.locations = this.locations.filter(one => one !== location);
    this.entities = this.entities.filter(entity => isOrphan(entity) || entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION] !== origin);
    return new Answer(204);
  }

  private addLocation(url: URL, body: Body): unknown {
    const target = String(body.target);
    const entities = this.importable[target];
    const exists = this.locations.some(location => location.target === target);
    if (!entities) {
      return failure(400, 'InputError', `NotFoundError: Unable to read url, ${target} could not be read, 404 Not Found`);
    }
    const location = { id: `url:${target}`, type: 'url', target, entityRef: 'location:default/generated-1' };
    if (url.searchParams.get('dryRun')) {
      return new Answer(201, { location, entities: entities.toReversed(), exists });
    }
    if (exists && url.searchParams.get('onConflict') !== 'refresh') {
      return failure(409, 'ConflictError', `Location url:${target} already exists`);
    }
    this.locations.push(location);
    this.entities = [...this.entities, ...entities];
    return new Answer(201, { location, entities: [] });
  }

  private analyze(body: Body): unknown {
    const target = String((body.location as Body).target);
    const existing = Object.entries(this.importable)
      .filter(([file]) => file.startsWith(target))
      .flatMap(([file, entities]) =>
        entities.toReversed().map(entity => ({ location: { type: 'url', target: file }, isRegistered: false, entity })),
      );
    const name = target.split('/').filter(Boolean).at(-1) ?? 'unknown';
    const generated = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, annotations: { 'github.com/project-slug': target.split('/').slice(-2).join('/') } },
      spec: { type: 'other', lifecycle: 'unknown' },
    };
    return { existingEntityFiles: existing, generateEntities: existing.length > 0 ? [] : [{ entity: generated, fields: [] }] };
  }

  /** Everybody may do everything. */
  private authorize({ items }: Body): unknown {
    const asked = items as { id: string; permission: { name: string } }[];
    return { items: asked.map(({ id, permission }) => ({ id, result: this.denied.has(permission.name) ? 'DENY' : 'ALLOW' })) };
  }

  private getSettings({ items }: Body): unknown {
    const keys = (items as { bucket: string; key: string }[]).map(({ bucket, key }) => `${bucket}/${key}`);
    return { items: keys.map(key => (this.settings.has(key) ? { value: this.settings.get(key) } : null)) };
  }

  private putSetting([bucket = '', key = '']: string[], { value }: Body): unknown {
    this.settings.set(`${bucket}/${key}`, value);
    return { bucket, key, value };
  }

  private deleteSetting([bucket = '', key = '']: string[]): Answer {
    this.settings.delete(`${bucket}/${key}`);
    return new Answer(204);
  }

  private find(ref: string): Entity | undefined {
    return this.entities.find(entity => refOf(entity) === ref);
  }
}

function compare(a: string | undefined, b: string | undefined): number {
  return (a ?? '') < (b ?? '') ? -1 : Number((a ?? '') > (b ?? ''));
}
