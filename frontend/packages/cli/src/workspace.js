// The packages of a workspace, and what role each has.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {object} WorkspacePackage
 * @property {string} folder
 * @property {string} name
 * @property {string | undefined} role
 * @property {Record<string, any>} manifest
 */

/** The root of the workspace that holds a folder: the nearest one whose package.json lists workspaces. */
export function findWorkspaceRoot(/** @type {string} */ from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = readManifest(folder);
    if (manifest?.workspaces) {
      return folder;
    }
    if (dirname(folder) === folder) {
      throw new Error(`${from} lies in no npm workspace`);
    }
  }
}

/**
 * The packages in some groups of a workspace, by folder.
 * @returns {WorkspacePackage[]}
 */
export function workspacePackages(/** @type {string} */ root, groups = ['packages', 'plugins']) {
  return groups.flatMap(group => {
    const parent = join(root, group);
    return (existsSync(parent) ? readdirSync(parent).sort() : []).flatMap(name => {
      const found = describePackage(join(parent, name));
      return found ? [found] : [];
    });
  });
}

/**
 * A package by its folder; undefined where there is none.
 * @returns {WorkspacePackage | undefined}
 */
export function describePackage(/** @type {string} */ folder) {
  const manifest = readManifest(folder);
  // Packages written for Backstage say their role under its name.
  return manifest && { folder, name: manifest.name, role: (manifest.callboard ?? manifest.backstage)?.role, manifest };
}

function readManifest(/** @type {string} */ folder) {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) {
    return undefined;
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is not valid JSON`, { cause: error });
  }
}
