import { expect, it, vi } from 'vitest';
import type { Operation } from './openApi';
import { OutsideError, sendOperation } from './sendOperation';

const operation = (path: string): Operation => ({
  id: 'one',
  method: 'GET',
  path,
  tag: '',
  summary: '',
  description: '',
  deprecated: false,
  parameters: [{ name: 'id', in: 'path', required: true, description: '', type: 'string', choices: [], example: '' }],
  responses: [],
  security: [],
  bodyExample: undefined,
  bodyRequired: false,
});

it.each([
  ['/../../catalog/locations', '1'],
  ['/%2e%2e/%2E%2E/catalog/locations', '1'],
  ['/{id}/{id}/catalog/locations', '..'],
])('sends nothing where the path %s leads out of the route', async (path, value) => {
  const fetch = vi.fn();
  const filled = { operation: operation(path), values: { 'path id': value }, body: '', credentials: [] };
  await expect(sendOperation(fetch, '/api/proxy/orders', filled)).rejects.toThrow(OutsideError);
  expect(fetch).not.toHaveBeenCalled();
});

it('sends to what is below the route', async () => {
  const fetch = vi.fn(async () => new Response('done'));
  const filled = { operation: operation('/orders/{id}'), values: { 'path id': 'a/../b' }, body: '', credentials: [] };
  expect(await sendOperation(fetch, '/api/proxy/orders', filled)).toMatchObject({ ok: true, body: 'done' });
  expect(fetch).toHaveBeenCalledWith('/api/proxy/orders/orders/a%2F..%2Fb', expect.anything());
});
