import type { Entity } from '@callboard/catalog-model';
import { describe, expect, it } from 'vitest';
import { startMockBackend } from '../startMockBackend';

async function ask(path: string, body?: unknown) {
  const response = await fetch(`/api/catalog${path}`, body ? { method: 'POST', body: JSON.stringify(body) } : {});
  return { status: response.status, body: (await response.text()) || undefined };
}
const json = async <T>(path: string) => JSON.parse((await ask(path)).body ?? '') as T;

describe('the catalog in memory', () => {
  it('lists entities as the older route does: filtered, a part of them, with some of their fields', async () => {
    const backend = startMockBackend();
    expect(await json<Entity[]>('/entities')).toHaveLength(backend.entities.length);
    const systems = backend.entities.filter(({ kind }) => kind === 'System').map(({ metadata }) => metadata.name);
    const part = await json<Entity[]>('/entities?filter=kind=system&offset=1&limit=2&fields=metadata.name');
    expect(part).toEqual(systems.slice(1, 3).map(name => ({ metadata: { name } })));
  });

  it('has the locations that are registered', async () => {
    const location = { id: 'one', type: 'url', target: 'https://example.com/catalog-info.yaml' };
    startMockBackend().locations = [location];
    expect(await json('/locations')).toEqual([{ data: location }]);
    expect(await json('/locations/one')).toEqual(location);
    expect((await ask('/locations/two')).status).toBe(404);
  });

  it('validates names', async () => {
    const [entity] = startMockBackend().entities as [Entity];
    expect(await ask('/validate-entity', { entity, location: 'url:https://example.com' })).toEqual({ status: 200, body: undefined });
    const wrong = await ask('/validate-entity', { entity: { ...entity, metadata: { name: '?' } }, location: 'url:https://example.com' });
    expect(wrong.status).toBe(400);
    expect(wrong.body).toContain('metadata.name');
  });
});
