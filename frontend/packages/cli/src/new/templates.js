// What can be made.
import { UsageError } from '../errors.js';

/**
 * @typedef {object} Template
 * @property {string} id What `--select` takes.
 * @property {string[]} [aliases] Names it has, or had, in Backstage.
 * @property {string} description
 * @property {string} folder Of its files, below `templates`.
 * @property {'plugins' | 'packages'} group Where in the workspace the package goes.
 * @property {string} suffix Of the package's folder and name.
 * @property {string} prefix Of the package's name.
 * @property {string} role
 * @property {'pluginId' | 'name'} option What has to be known.
 * @property {string} question
 */

/** @type {readonly Template[]} */
export const templates = [
  {
    id: 'plugin',
    aliases: ['frontend-plugin'],
    description: 'a plugin of the web interface, with a page',
    folder: 'frontend-plugin',
    group: 'plugins',
    suffix: '',
    prefix: 'plugin-',
    role: 'frontend-plugin',
    option: 'pluginId',
    question: 'Id of the plugin',
  },
  {
    id: 'plugin-react',
    aliases: ['plugin-web-library'],
    description: 'what other plugins may import of a plugin, for browsers',
    folder: 'library',
    group: 'plugins',
    suffix: '-react',
    prefix: 'plugin-',
    role: 'web-library',
    option: 'pluginId',
    question: 'Id of the plugin it belongs to',
  },
  {
    id: 'plugin-common',
    aliases: ['plugin-common-library'],
    description: 'what other plugins may import of a plugin, for browsers and Node',
    folder: 'library',
    group: 'plugins',
    suffix: '-common',
    prefix: 'plugin-',
    role: 'common-library',
    option: 'pluginId',
    question: 'Id of the plugin it belongs to',
  },
  {
    id: 'frontend-package',
    aliases: ['web-library'],
    description: 'a library for the web interface',
    folder: 'library',
    group: 'packages',
    suffix: '',
    prefix: '',
    role: 'web-library',
    option: 'name',
    question: 'Name of the package, without scope',
  },
  {
    id: 'common-package',
    aliases: ['common-library'],
    description: 'a library for browsers and Node',
    folder: 'library',
    group: 'packages',
    suffix: '',
    prefix: '',
    role: 'common-library',
    option: 'name',
    question: 'Name of the package, without scope',
  },
];

/** The template of a name. */
export function findTemplate(/** @type {string} */ name) {
  const found = templates.find(({ id, aliases }) => id === name || aliases?.includes(name));
  if (!found) {
    throw new UsageError(`There is no template '${name}'. There are: ${templates.map(({ id }) => id).join(', ')}`);
  }
  return found;
}
