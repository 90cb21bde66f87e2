// Serves one plugin alone: its `dev/index.tsx`, with hot reload, against an API in memory or a running portal.
import react from '@vitejs/plugin-react';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createServer } from 'vite';
import { UsageError } from '../errors.js';
import { localApi } from '../vite/localApi.js';
import { pageConfig } from '../vite/pageConfig.js';
import { pluginPackages } from '../vite/pluginPackages.js';
import { sampleApi } from '../vite/sampleApi.js';

/**
 * @param {{ root: string, folder: string, port: number, host: string, check?: boolean }} options
 * @returns {Promise<import('vite').ViteDevServer>}
 */
export async function startPackage({ root, folder, port, host, check = false }) {
  const entry = ['dev/index.tsx', 'dev/index.ts'].find(file => existsSync(join(folder, file)));
  if (!entry) {
    throw new UsageError(`${relative(root, folder)} has no dev/index.tsx to serve`);
  }
  const portal = process.env.CALLBOARD_URL;
  const server = await createServer({
    root: folder,
    configFile: false,
    appType: 'custom',
    cacheDir: join(root, 'node_modules/.vite', relative(root, folder)),
    plugins: [
      react(),
      pluginPackages({ app: folder }),
      devPage(entry),
      portal ? pageConfig({ portal }) : localApi(() => sampleApi({ folder })),
    ],
    server: {
      port,
      host,
      proxy: portal ? { '/api': { target: portal } } : undefined,
      fs: { allow: [root] },
    },
  });
  await server.listen();
  server.printUrls();
  process.stdout.write(portal ? `  API: ${portal}\n` : '  API: in memory; CALLBOARD_URL names a portal to use instead\n');
  if (check) {
    watch(root, 'tsc', ['--noEmit', '--watch', '--preserveWatchOutput']);
    lintOnChange(server, root, folder);
  }
  return server;
}

/** The page around the plugin; every address that is no file is it. */
function devPage(/** @type {string} */ entry) {
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Plugin</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/${entry}"></script>
  </body>
</html>
`;
  return /** @type {import('vite').Plugin} */ ({
    name: 'callboard-dev-page',
    configureServer: server => () => {
      server.middlewares.use(async (request, response, next) => {
        try {
          const url = request.originalUrl ?? '/';
          const page = await server.transformIndexHtml(url, html);
          response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
        } catch (error) {
          next(error);
        }
      });
    },
  });
}

function watch(/** @type {string} */ root, /** @type {string} */ tool, /** @type {string[]} */ args) {
  const child = spawn(join(root, 'node_modules/.bin', tool), args, { cwd: root, stdio: 'inherit' });
  process.once('exit', () => child.kill());
  return child;
}

/** Lints the package at the start, and again when a file of it changes; never twice at once. */
function lintOnChange(
  /** @type {import('vite').ViteDevServer} */ server,
  /** @type {string} */ root,
  /** @type {string} */ folder,
) {
  let isRunning = false;
  let isStale = false;
  const lint = () => {
    if (isRunning) {
      isStale = true;
      return;
    }
    isRunning = true;
    isStale = false;
    watch(root, 'eslint', [relative(root, folder)]).once('exit', code => {
      isRunning = false;
      process.stdout.write(code === 0 ? 'lint: clean\n' : '');
      if (isStale) {
        lint();
      }
    });
  };
  server.watcher.on('change', file => file.startsWith(folder) && /\.[jt]sx?$/.test(file) && lint());
  lint();
}
