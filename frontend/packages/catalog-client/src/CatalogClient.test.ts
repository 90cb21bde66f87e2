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
      orderBy: { field: 'metadata.name', order: 'asc' },
      fullText: { term: 'pay', fields: ['metadata.name', 'metadata.title'] },
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
  it('takes 404 as absence and null as absence', async () => {
    const missing = setup({ error: { name: 'NotFoundError', message: 'gone' } }, 404);
    await expect(missing.client.getEntityByRef('component:default/x y')).resolves.toBeUndefined();
    expect(missing.fetch.mock.calls[0]?.[0]).toContain('/component/default/x%20y');
    const { client } = setup({ items: [null] });
    await expect(client.getEntitiesByRefs({ entityRefs: ['a:b/c'] })).resolves.toEqual([undefined]);
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
