// Makes a package out of a template. What goes wrong on the way leaves nothing behind.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { UsageError } from '../errors.js';
import { workspacePackages } from '../workspace.js';

const TEMPLATES = join(import.meta.dirname, '../../templates');

/**
 * @param {{ root: string, template: import('./templates.js').Template, id: string, scope: string, skipInstall?: boolean, say?: (line: string) => void }} request
 * @returns {string} the package's folder
 */
export function createPackage({ root, template, id, scope, skipInstall = false, say = print }) {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw new UsageError(`'${id}' cannot be a name: it must be lowercase and contain only letters, digits, and dashes.`);
  }
  if (template.group === 'plugins' && /-(react|common|node|backend)$/.test(id)) {
    throw new UsageError(`A plugin cannot be called '${id}': that ending marks the libraries of a plugin.`);
  }
  const folder = join(root, template.group, `${id}${template.suffix}`);
  const name = `@${scope}/${template.prefix}${id}${template.suffix}`;
  if (existsSync(folder)) {
    throw new UsageError(`Package '${relative(root, folder)}' already exists`);
  }
  if (workspacePackages(root).some(one => one.name === name)) {
    throw new UsageError(`A package by the name '${name}' already exists`);
  }

  say(`Making ${relative(root, folder)}`);
  const values = { ...words(id), name, role: template.role, ...versions(root) };
  try {
    for (const file of filesIn(join(TEMPLATES, template.folder))) {
      const target = join(folder, fill(file.replace(/\.hbs$/, ''), values));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, fill(readFileSync(join(TEMPLATES, template.folder, file), 'utf8'), values));
      say(`  ${relative(folder, target)}`);
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  if (!skipInstall) {
    install(root, say);
  }
  say(`\n${name} is there.`);
  if (template.role === 'frontend-plugin') {
    say(`Its page is at /${id}; alone it is served by: npm start -w ${name}`);
  }
  return folder;
}

/** Tells npm of the package. The package is there without; what imports it by name is not. */
function install(/** @type {string} */ root, /** @type {(line: string) => void} */ say) {
  say('Adding it to the workspace');
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    say('npm install failed. The package is there; run npm install again before others import it.');
  }
}

/** The files of a template, by their paths in it. */
function filesIn(/** @type {string} */ folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** The id as it is written in different places. */
function words(/** @type {string} */ id) {
  const parts = id.split('-');
  const pascal = parts.map(part => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  // A name in code cannot begin with a digit.
  const safe = /^[0-9]/.test(pascal) ? `Plugin${pascal}` : pascal;
  const title = parts.join(' ');
  return {
    id,
    pascal: safe,
    camel: safe.charAt(0).toLowerCase() + safe.slice(1),
    title: title.charAt(0).toUpperCase() + title.slice(1),
  };
}

/** The versions of libraries that the workspace uses already. */
function versions(/** @type {string} */ root) {
  /** @type {Record<string, string>} */
  const known = {};
  for (const { manifest } of workspacePackages(root)) {
    Object.assign(known, manifest.devDependencies, manifest.dependencies);
  }
  return {
    react: known.react ?? '^19.0.0',
    query: known['@tanstack/react-query'] ?? '^5.0.0',
    testingLibrary: known['@testing-library/react'] ?? '^16.0.0',
  };
}

function fill(/** @type {string} */ text, /** @type {Record<string, string>} */ values) {
  return text.replace(/\[\[(\w+)\]\]/g, (_, key) => {
    const value = values[key];
    if (value === undefined) {
      throw new Error(`A template asks for '${key}', which nobody knows`);
    }
    return value;
  });
}

function print(/** @type {string} */ line) {
  process.stdout.write(`${line}\n`);
}
