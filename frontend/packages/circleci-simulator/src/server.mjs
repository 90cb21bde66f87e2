import { createServer } from 'node:http';
import { CircleCISimulator } from './simulator.mjs';

/**
 * Serves a simulated CircleCI on a port of this machine. Resolves to its base URL and a function that ends it.
 * @param {{ port?: number, slugs?: string[], pipelines?: number, now?: number, token?: string }} [options]
 */
export async function serveCircleCI({ port = 0, ...options } = {}) {
  const simulator = new CircleCISimulator(options);
  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) {
      chunks.push(chunk);
    }
    const { method, url, headers } = incoming;
    const body = method === 'GET' || method === 'HEAD' ? undefined : Buffer.concat(chunks);
    const token = headers['circle-token'];
    const request = new Request(`http://localhost${url}`, { method, body, headers: token ? { 'circle-token': String(token) } : {} });
    const response = await simulator.handle(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  await new Promise(resolve => {
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  return {
    simulator,
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`,
    close: () => new Promise(resolve => server.close(resolve)),
  };
}
