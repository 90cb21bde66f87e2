// Finds the packages of plugins and hands them to the app as a module, so that no file of the app names any of them.
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describePackage, findWorkspaceRoot, workspacePackages } from '../workspace.js';

const ID = 'virtual:callboard/packages';
const RESOLVED = `\0${ID}`;
const ROLE = 'frontend-plugin';

/**
 * Provides `virtual:callboard/packages`: every package with the role of a plugin in the workspace's `plugins` folder,
 * or among the dependencies of the app. While the app is served, one that is added or removed reloads it.
 *
 * @param {{ app?: string, only?: string }} options `app` is the app's folder, `only` the one package to provide.
 * @returns {import('vite').Plugin}
 */
export function pluginPackages({ app = process.cwd(), only } = {}) {
  const root = findWorkspaceRoot(app);
  const plugins = join(root, 'plugins') + sep;
  return {
    name: 'callboard-plugin-packages',
    resolveId: id => (id === ID ? RESOLVED : undefined),
    load: id => (id === RESOLVED ? moduleOf(findPackages(root, app).filter(({ name }) => !only || name === only)) : undefined),
    configureServer(server) {
      const refresh = (/** @type {string} */ file) => {
        if (!file.startsWith(plugins) || !/[\\/](package\.json|index\.ts)$/.test(file)) {
          return;
        }
        const module = server.moduleGraph.getModuleById(RESOLVED);
        if (module) {
          server.moduleGraph.invalidateModule(module);
        }
        server.ws.send({ type: 'full-reload' });
      };
      server.watcher.add(plugins);
      server.watcher.on('add', refresh).on('unlink', refresh);
    },
  };
}

function findPackages(/** @type {string} */ root, /** @type {string} */ app) {
  const inWorkspace = workspacePackages(root, ['plugins']);
  const dependencies = Object.keys(describePackage(app)?.manifest.dependencies ?? {});
  const installed = dependencies
    .filter(name => !inWorkspace.some(one => one.name === name))
    .flatMap(name => describePackage(join(root, 'node_modules', name)) ?? []);
  return [...inWorkspace, ...installed].filter(({ role }) => role === ROLE).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function moduleOf(/** @type {import('../workspace.js').WorkspacePackage[]} */ packages) {
  const imports = packages.map((one, index) => `import * as package${index} from ${JSON.stringify(importPath(one))};`);
  const entries = packages.map(({ name, manifest: { version = '', description, homepage } }, index) => {
    const known = JSON.stringify({ name, version, description, homepage });
    return `  { ...${known}, exports: package${index} },`;
  });
  return [...imports, 'export const packages = [', ...entries, '];', ''].join('\n');
}

/** By its path where there are sources, so that a package that was just made needs no installation to be found. */
function importPath(/** @type {import('../workspace.js').WorkspacePackage} */ { folder, name }) {
  const source = ['index.ts', 'index.tsx'].map(file => join(folder, 'src', file)).find(existsSync);
  return source ?? name;
}
