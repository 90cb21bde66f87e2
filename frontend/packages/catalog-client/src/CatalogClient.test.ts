import { describe, expect, it, vi } from 'vitest';
import { CatalogClient } from './CatalogClient';
import { CATALOG_FILTER_EXISTS } from './types';

function setup(answer: unknown, status = 200) {
  const fetch = vi.fn(async (_url: string, _init?: RequestInit) =>
    status === 204
      ? new Response(null, { status })
      : new Response(JSON.stringify(answer), { status, headers: { 'content-type': 'application/json; charset=utf-8' } }),
  );
  const client = new CatalogClient({
    discoveryApi: { getBaseUrl: async id => `http://portal/api/${id}` },
    fetchApi: { fetch: fetch as unknown as typeof globalThis.fetch },
  });
  const sent = () => {
    const [url, init] = fetch.mock.calls.at(-1) ?? [''];
    return { method: init?.method, url: decodeURIComponent(url.replace('http://portal/api/catalog', '')), body: init?.body };
  };
  return { client, fetch, sent };
}

const page = { items: [], totalItems: 0, pageInfo: {} };

describe('queryEntities', () => {
  it('writes filters, order and text into the query string', async () => {
    const { client, sent } = setup(page);
    await client.queryEntities({
      filter: { kind: 'component', 'spec.type': ['service', 'website'], 'metadata.annotations.x': CATALOG_FILTER_EXISTS },
      orderFields: { field: 'metadata.name', order: 'asc' },
      fullTextFilter: { term: 'pay', fields: ['metadata.name', 'metadata.title'] },
      limit: 20,
    });
    expect(sent()).toEqual({
      method: 'GET',
      url:
        '/entities/by-query?limit=20&filter=kind=component,spec.type=service,spec.type=website,metadata.annotations.x' +
        '&orderField=metadata.name,asc&fullTextFilterTerm=pay&fullTextFilterFields=metadata.name,metadata.title',
      body: undefined,
    });
  });

  it('posts a predicate when a value holds a comma', async () => {
    const { client, sent } = setup(page);
    await client.queryEntities({ filter: { kind: 'component', 'spec.type': 'a,b' }, limit: 5 });
    expect(sent().method).toBe('POST');
    expect(JSON.parse(String(sent().body))).toEqual({
      query: { $all: [{ kind: 'component' }, { 'spec.type': 'a,b' }] },
      limit: 5,
    });
  });

  it('continues a cursor the way the server started it', async () => {
    const { client, sent } = setup(page);
    await client.queryEntities({ cursor: btoa(JSON.stringify({ query: {} })), limit: 5 });
    expect(sent().method).toBe('POST');
    await client.queryEntities({ cursor: 'opaque', filter: { kind: 'component' } });
    expect(sent()).toMatchObject({ method: 'GET', url: '/entities/by-query?cursor=opaque' });
  });
});

describe('lookups', () => {
  it('asks for the changes of an entity, page by page', async () => {
    const { client, sent } = setup({ items: [], pageInfo: {} });
    await client.getEntityChanges({ entityRef: 'component:default/a' });
    expect(sent()).toMatchObject({ method: 'GET', url: '/entities/by-name/component/default/a/changes' });
    await client.getEntityChanges({ entityRef: 'component:default/a', limit: 5, cursor: 'next' });
    expect(sent().url).toBe('/entities/by-name/component/default/a/changes?limit=5&cursor=next');
  });

  it('takes 404 as absence and null as absence', async () => {
    const missing = setup({ error: { name: 'NotFoundError', message: 'gone' } }, 404);
    await expect(missing.client.getLocationByEntity('component:default/x y')).resolves.toBeUndefined();
    expect(missing.fetch.mock.calls[0]?.[0]).toContain('/component/default/x%20y');
    const { client } = setup({ items: [null] });
    await expect(client.getEntityByRef('a:b/c')).resolves.toBeUndefined();
    await expect(client.getEntitiesByRefs({ entityRefs: ['a:b/c'] })).resolves.toEqual({ items: [undefined] });
  });

  it('asks for many references in several calls and keeps their order', async () => {
    const { client, fetch } = setup({ items: [null] });
    const refs = Array.from({ length: 1001 }, (_, index) => `component:default/c${index}`);
    await client.getEntitiesByRefs({ entityRefs: refs });
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});

describe('errors', () => {
  it('carry the message, the status and the log id of the server', async () => {
    const { client } = setup({ error: { name: 'Error', message: 'An internal error occurred logId=00ff12' } }, 500);
    await expect(client.queryEntities()).rejects.toMatchObject({
      status: 500,
      logId: '00ff12',
      message: 'An internal error occurred logId=00ff12',
    });
  });
});

describe('addLocation', () => {
  it('says what it wants in the query string', async () => {
    const { client, sent } = setup({ location: {}, entities: [] }, 201);
    await client.addLocation({ target: 'https://x/y.yaml', dryRun: true });
    expect(sent()).toEqual({
      method: 'POST',
      url: '/locations?dryRun=true',
      body: '{"type":"url","target":"https://x/y.yaml"}',
    });
  });
});

describe('what is read at once', () => {
  it('asks for all of a selection', async () => {
    const { client, sent } = setup([{ kind: 'Component' }]);
    const order = [{ field: 'metadata.name', order: 'asc' as const }, { field: 'kind', order: 'desc' as const }];
    const answer = await client.getEntities({ filter: { kind: 'Component' }, fields: ['kind', 'metadata.name'], order, limit: 3 });
    expect(answer).toEqual({ items: [{ kind: 'Component' }] });
    expect(sent().url).toBe('/entities?fields=kind,metadata.name&limit=3&filter=kind=Component&order=asc:metadata.name&order=desc:kind');
    await client.getEntities();
    expect(sent().url).toBe('/entities');
  });

  it('reads page by page where a filter string cannot say what is wanted', async () => {
    const { client, fetch, sent } = setup({ items: [{ kind: 'API' }], totalItems: 2, pageInfo: {} });
    const next = btoa(JSON.stringify({ query: {} }));
    fetch.mockResolvedValueOnce(Response.json({ items: [{ kind: 'Component' }], totalItems: 2, pageInfo: { nextCursor: next } }));
    const { items } = await client.getEntities({ filter: { 'metadata.title': 'a,b' } });
    expect(items).toEqual([{ kind: 'Component' }, { kind: 'API' }]);
    expect(JSON.parse(String(sent().body))).toEqual({ cursor: next, limit: 500 });
  });
});

describe('selections', () => {
  it('hold a filter and a query both', async () => {
    const { client, sent } = setup({ facets: {} });
    await client.getEntityFacets({ facets: ['kind'], filter: { kind: 'api' }, query: { $not: { 'spec.type': 'x' } } });
    expect(JSON.parse(String(sent().body)).query).toEqual({ $all: [{ $not: { 'spec.type': 'x' } }, { $all: [{ kind: 'api' }] }] });
    const byRefs = setup({ items: [null] });
    await byRefs.client.getEntitiesByRefs({ entityRefs: ['a:b/c'], filter: { kind: 'api' } });
    expect(JSON.parse(String(byRefs.sent().body)).query).toEqual({ $all: [{ kind: 'api' }] });
  });

  it('take no other symbol for existence', async () => {
    const { client } = setup(page);
    await expect(client.queryEntities({ filter: { kind: Symbol('x') } })).rejects.toThrow('CATALOG_FILTER_EXISTS as values, not Symbol(x)');
  });
});

describe('locations', () => {
  const location = { id: '1', type: 'url', target: 'https://x/y.yaml', entityRef: 'location:default/generated-1' };

  it('are listed, and found by what they refer to', async () => {
    const { client } = setup([{ data: location }]);
    await expect(client.getLocations()).resolves.toEqual({ items: [location] });
    await expect(client.getLocationByRef('url:https://x/y.yaml')).resolves.toEqual(location);
    await expect(client.getLocationByRef('url:https://x/z.yaml')).resolves.toBeUndefined();
  });

  it('are changed and looked through', async () => {
    const { client, sent } = setup(location);
    await client.updateLocation('1', { target: 'https://x/z.yaml' });
    expect(sent()).toEqual({ method: 'PUT', url: '/locations/1', body: '{"type":"url","target":"https://x/z.yaml"}' });
    await client.analyzeLocation({ location: { type: 'url', target: 'https://x' } });
    expect(sent()).toMatchObject({ method: 'POST', url: '/analyze-location', body: '{"location":{"type":"url","target":"https://x"}}' });
  });
});

describe('validateEntity', () => {
  const entity = { apiVersion: 'v1', kind: 'Component', metadata: { name: 'x' } };

  it('says what is wrong', async () => {
    const errors = [{ name: 'InputError', message: 'no owner' }];
    await expect(setup({ errors }, 400).client.validateEntity(entity, 'url:x')).resolves.toEqual({ valid: false, errors });
    await expect(setup({}).client.validateEntity(entity, 'url:x')).resolves.toEqual({ valid: true });
    const refused = setup({ error: { name: 'NotAllowedError', message: 'not yours' } }, 403);
    await expect(refused.client.validateEntity(entity, 'url:x')).rejects.toThrow('not yours');
  });
});

it('signs for a script that has a token of its own', async () => {
  const { client, fetch } = setup(page);
  await client.queryEntities({}, { token: 'secret' });
  expect(fetch.mock.calls[0]?.[1]?.headers).toEqual({ authorization: 'Bearer secret' });
});
