// Finds the packages of plugins and hands them to the app as a module, so that no file of the app names any of them.
import { existsSync, readFileSync } from 'node:fs';
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
  const entries = packages.map((one, index) => {
    const { version = '', description, homepage } = one.manifest;
    const known = JSON.stringify({ name: one.name, version, description, homepage });
    const from = JSON.stringify(importPath(one));
    // Of a package that says what it installs, that is all the app begins with; whatever else it exports is for those who import it.
    return saysWhatItInstalls(one)
      ? { import: `import { installation as installation${index} } from ${from};`, entry: `  { ...${known}, exports: { installation: installation${index} } },` }
      : { import: `import * as package${index} from ${from};`, entry: `  { ...${known}, exports: package${index} },` };
  });
  return [...entries.map(one => one.import), 'export const packages = [', ...entries.map(({ entry }) => entry), '];', ''].join('\n');
}

/** How an index says that there is an installation. */
const EXPORTS_INSTALLATION = /^export (\* from '\.\/installation'|\{[^}]*\binstallation\b[^}]*\}|const installation\b)/m;

/** Told by its sources; what was built elsewhere is taken whole. */
function saysWhatItInstalls(/** @type {import('../workspace.js').WorkspacePackage} */ { folder }) {
  const source = sourceIn(folder);
  return source !== undefined && EXPORTS_INSTALLATION.test(readFileSync(source, 'utf8'));
}

/** By its path where there are sources, so that a package that was just made needs no installation to be found. */
function importPath(/** @type {import('../workspace.js').WorkspacePackage} */ { folder, name }) {
  return sourceIn(folder) ?? name;
}

function sourceIn(/** @type {string} */ folder) {
  return ['index.ts', 'index.tsx'].map(file => join(folder, 'src', file)).find(existsSync);
}
