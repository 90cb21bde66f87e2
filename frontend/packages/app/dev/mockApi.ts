import { CircleCISimulator } from '@callboard/circleci-simulator';
import type * as MockBackendModule from '@callboard/test-utils/mock-backend';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { runnerImport, type Plugin } from 'vite';

const source = fileURLToPath(new URL('../../test-utils/src/mockBackend/index.ts', import.meta.url));

const CIRCLECI_PATH = '/api/proxy/circleci/api';
const CIRCLECI_PROJECT = 'gh/acme/checkout';

async function createBackend() {
  // The configuration runs in Node, which does not read the workspace's TypeScript by itself.
  const { module } = await runnerImport<typeof MockBackendModule>(source);
  const importable = module
    .sampleEntities()
    .slice(-2)
    .map(entity => ({ ...entity, metadata: { ...entity.metadata, name: `new-${entity.metadata.name}` } }));
  const annotated = module.sampleEntities().map(entity =>
    entity.spec?.type === 'service'
      ? { ...entity, metadata: { ...entity.metadata, annotations: { ...entity.metadata.annotations, 'circleci.com/project-slug': CIRCLECI_PROJECT } } }
      : entity,
  );
  return new module.MockBackend(annotated, {
    'https://github.com/acme/new/blob/main/catalog-info.yaml': importable,
  });
}

/** Answers the portal's API from memory, for work on pages without the services: `CALLBOARD_MOCK=1 npm start`. */
export function mockApi(): Plugin {
  let backend: ReturnType<typeof createBackend> | undefined;
  const circleCI = new CircleCISimulator({ slugs: [CIRCLECI_PROJECT] });

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const method = request.method ?? 'GET';
    const body = method === 'GET' || method === 'HEAD' ? undefined : Buffer.concat(chunks).toString();
    backend ??= createBackend();
    const url = `http://localhost${request.url}`;
    const result = await (url.includes(CIRCLECI_PATH)
      ? circleCI.handle(new Request(url.replace(CIRCLECI_PATH, '/api'), { method, body, headers: { 'circle-token': circleCI.token } }))
      : (await backend).fetch(url, { method, body }));
    response.writeHead(result.status, Object.fromEntries(result.headers));
    response.end(Buffer.from(await result.arrayBuffer()));
  };
  const middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) =>
    request.url?.startsWith('/api/') ? void answer(request, response).catch(next) : next();

  return {
    name: 'callboard-mock-api',
    configureServer: server => void server.middlewares.use(middleware),
    configurePreviewServer: server => void server.middlewares.use(middleware),
  };
}
