// An API in memory with a made-up company in its catalog, and what the plugin itself simulates.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runnerImport } from 'vite';

const require = createRequire(import.meta.url);

/**
 * @param {{ folder: string }} options The plugin's folder. Its `dev/mockApi.ts`, if there is one, exports `mockApi`: a function
 *   that takes a request and answers it, or answers nothing to leave it to the sample.
 * @returns {Promise<(request: Request) => Promise<Response>>}
 */
export async function sampleApi({ folder }) {
  // Vite runs the workspace's TypeScript, which Node does not read by itself.
  const source = require.resolve('@callboard/test-utils/mock-backend');
  const { module: samples } = await runnerImport(source);
  const backend = new samples.MockBackend(samples.sampleEntities());
  const own = join(folder, 'dev/mockApi.ts');
  const mockApi = existsSync(own) ? (await runnerImport(own)).module.mockApi : undefined;
  return async request => (await mockApi?.(request.clone())) ?? backend.fetch(request);
}
