import { createServer } from 'node:http';
import { request } from './portal.mjs';

const ENDPOINTS = '/api/proxy-admin/v1/endpoints';
const EVERY_MS = 150;

/** Has requests go through an endpoint of the proxy to a third party that is sometimes slow, and sometimes wrong, until it is stopped. */
export async function startTraffic(route) {
  let count = 0;
  const thirdParty = createServer((_, answer) => {
    count += 1;
    const status = count % 41 === 0 ? 502 : count % 13 === 0 ? 404 : 200;
    setTimeout(() => {
      answer.writeHead(status, { 'content-type': 'application/json', 'cache-control': count % 3 === 0 ? 'public, max-age=60' : 'no-store' });
      answer.end(JSON.stringify({ count }));
    }, 5 + (count % 7) * 12);
  });
  await new Promise(resolve => thirdParty.listen(0, '127.0.0.1', resolve));
  const settings = {
    route,
    target: `http://127.0.0.1:${thirdParty.address().port}`,
    description: 'The payment provider’s API',
    cache: 'shared',
    allowedMethods: ['GET', 'POST'],
    headers: [{ name: 'x-api-key', value: 'made-up', secret: true }],
  };
  const { id } = await (await request('POST', ENDPOINTS, settings)).json();
  const timer = setInterval(() => {
    void request('GET', `/api/proxy${route}/payments/${count % 29}`).then(answer => answer.arrayBuffer());
  }, EVERY_MS);
  return {
    /** Where the portal shows what goes through it. */
    page: () => `/admin/proxy/endpoint?id=${encodeURIComponent(id)}`,
    stop: async () => {
      clearInterval(timer);
      await request('DELETE', `${ENDPOINTS}/${id}`);
      thirdParty.close();
    },
  };
}
