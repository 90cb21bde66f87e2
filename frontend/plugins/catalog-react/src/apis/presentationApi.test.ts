import type { Entity } from '@callboard/catalog-model';
import { expect, it, vi } from 'vitest';
import { CatalogEntityPresentation, defaultEntityPresentation, entityPresentationSnapshot } from './presentationApi';

const entity: Entity = {
  apiVersion: 'v1',
  kind: 'API',
  metadata: { name: 'orders', title: 'Orders', description: 'What was bought' },
  spec: { type: 'openapi' },
};

it('is what is at hand', () => {
  expect(defaultEntityPresentation(entity)).toMatchObject({
    entityRef: 'api:default/orders',
    primaryTitle: 'Orders',
    secondaryTitle: 'api:default/orders · OpenAPI · What was bought',
  });
  expect(defaultEntityPresentation('api:ops/orders', { defaultKind: 'api', defaultNamespace: 'ops' }).primaryTitle).toBe('orders');
  expect(entityPresentationSnapshot({ kind: 'API', namespace: 'default', name: 'orders' }).primaryTitle).toBe('api:orders');
});

it('reads what references lead to, many at once and each once', async () => {
  const getEntitiesByRefs = vi.fn(async ({ entityRefs }: { entityRefs: readonly string[] }) => ({
    items: entityRefs.map(ref => (ref === 'api:default/orders' ? entity : undefined)),
  }));
  const api = new CatalogEntityPresentation({ catalogApi: { getEntitiesByRefs } as never });
  const shown = api.forEntity('api:default/orders');
  const updates: string[] = [];
  shown.update$?.subscribe(({ primaryTitle }) => updates.push(primaryTitle));
  expect(shown.snapshot.primaryTitle).toBe('api:orders');
  const [first, gone] = await Promise.all([shown.promise, api.forEntity('api:default/gone').promise, api.forEntity('api:default/orders').promise]);
  expect([first?.primaryTitle, gone?.primaryTitle]).toEqual(['Orders', 'api:gone']);
  expect(updates).toEqual(['Orders']);
  expect(getEntitiesByRefs).toHaveBeenCalledTimes(1);
  expect(getEntitiesByRefs.mock.calls[0]?.[0].entityRefs).toEqual(['api:default/orders', 'api:default/gone']);
});

it('asks again for what could not be read', async () => {
  const getEntitiesByRefs = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue({ items: [entity] });
  const api = new CatalogEntityPresentation({ catalogApi: { getEntitiesByRefs } });
  expect((await api.forEntity('api:default/orders').promise).primaryTitle).toBe('api:orders');
  expect((await api.forEntity('api:default/orders').promise).primaryTitle).toBe('Orders');
});
