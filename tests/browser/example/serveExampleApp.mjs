import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';

const app = join(import.meta.dirname, '../../../frontend/packages/app');
const { build, preview } = await import(pathToFileURL(createRequire(join(app, 'package.json')).resolve('vite')).href);

/**
 * Builds the app with one plugin more, the one beside this file, and serves it in front of the portal of the tests. The result
 * tells where.
 */
export function useExampleApp() {
  let folder;
  let server;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-example-'));
    const config = { root: app, configFile: join(app, 'vite.config.ts'), logLevel: 'error', build: { outDir: folder, emptyOutDir: true } };
    await build({ ...config, plugins: [withExample()] });
    server = await preview({ ...config, preview: { port: 0, strictPort: false } });
  });
  after(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return () => server.resolvedUrls.local[0].replace(/\/$/, '');
}

/** Puts the example among the packages of the app; what it imports is found where the app finds it. */
function withExample() {
  const example = join(import.meta.dirname, 'installation.tsx');
  return {
    name: 'example',
    enforce: 'pre',
    resolveId(source, importer) {
      return importer === example && !source.startsWith('.') ? this.resolve(source, join(app, 'src/App.tsx')) : undefined;
    },
    transform(code, id) {
      return id.endsWith('virtual:callboard/packages')
        ? `${code}\nimport * as example from ${JSON.stringify(example)};\npackages.push({ name: '@acme/plugin-shop', version: '1.0.0', exports: example });`
        : undefined;
    },
  };
}
