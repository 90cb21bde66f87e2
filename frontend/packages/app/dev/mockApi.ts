import { localApi } from '@callboard/cli/vite';
import { CircleCISimulator } from '@callboard/circleci-simulator';
import type * as MockBackendModule from '@callboard/test-utils/mock-backend';
import type * as LighthouseModule from '../../../plugins/lighthouse/src/fixtures/LighthouseSimulator';
import { fileURLToPath } from 'node:url';
import { runnerImport, type Plugin } from 'vite';

const source = fileURLToPath(new URL('../../test-utils/src/mockBackend/index.ts', import.meta.url));
const lighthouseSource = fileURLToPath(new URL('../../../plugins/lighthouse/src/fixtures/LighthouseSimulator.ts', import.meta.url));

const CIRCLECI_PATH = '/api/proxy/circleci/api';
const CIRCLECI_PROJECT = 'gh/acme/checkout';
const ANNOTATIONS: Record<string, Record<string, string>> = {
  service: { 'circleci.com/project-slug': CIRCLECI_PROJECT },
  website: { 'circleci.com/project-slug': CIRCLECI_PROJECT, 'lighthouse.com/website-url': 'https://shop.acme.example' },
};

async function createLighthouse() {
  const { module } = await runnerImport<typeof LighthouseModule>(lighthouseSource);
  return new module.LighthouseSimulator();
}

async function createBackend() {
  // The configuration runs in Node, which does not read the workspace's TypeScript by itself.
  const { module } = await runnerImport<typeof MockBackendModule>(source);
  const importable = module
    .sampleEntities()
    .slice(-2)
    .map(entity => ({ ...entity, metadata: { ...entity.metadata, name: `new-${entity.metadata.name}` } }));
  const annotated = module.sampleEntities().map(entity => ({
    ...entity,
    metadata: { ...entity.metadata, annotations: { ...entity.metadata.annotations, ...ANNOTATIONS[String(entity.spec?.type)] } },
  }));
  return new module.MockBackend(annotated, {
    'https://github.com/acme/new/blob/main/catalog-info.yaml': importable,
  });
}

/** Answers the portal's API from memory, for work on pages without the services: `CALLBOARD_MOCK=1 npm start`. */
export function mockApi(): Plugin {
  const circleCI = new CircleCISimulator({ slugs: [CIRCLECI_PROJECT] });
  return localApi(async () => {
    const [backend, lighthouse] = await Promise.all([createBackend(), createLighthouse()]);
    return async request => {
      if (request.url.includes('/api/lighthouse/')) {
        return lighthouse.handle(request);
      }
      if (!request.url.includes(CIRCLECI_PATH)) {
        return backend.fetch(request);
      }
      const { method } = request;
      const body = method === 'GET' || method === 'HEAD' ? undefined : await request.text();
      const url = request.url.replace(CIRCLECI_PATH, '/api');
      return circleCI.handle(new Request(url, { method, body, headers: { 'circle-token': circleCI.token } }));
    };
  });
}
