// `callboard-cli package`: what is done with the package in the folder one stands in.
import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../errors.js';
import { describePackage, findWorkspaceRoot } from '../workspace.js';
import { startPackage } from './start.js';

/**
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export async function runPackageCommand([command, ...args], folder = process.cwd()) {
  if (!describePackage(folder)) {
    throw new UsageError(`There is no package in ${folder}`);
  }
  const root = findWorkspaceRoot(folder);
  const path = relative(root, folder);
  switch (command) {
    case 'start':
      await startPackage({ root, folder, ...startOptions(args) });
      return 0;
    case 'test':
      return runTool(root, 'vitest', ['run', path, ...args]);
    case 'lint':
      return runTool(root, 'eslint', [path, '--max-warnings', '0', ...args]);
    default:
      throw new UsageError(`There is no command 'package ${command ?? ''}'. There are: start, test, lint`);
  }
}

function startOptions(/** @type {string[]} */ args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        check: { type: 'boolean', default: false },
        port: { type: 'string', default: '3000' },
        host: { type: 'string', default: 'localhost' },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
      throw new Error(`--port must be a number up to 65535, got '${values.port}'`);
    }
    return { check: values.check, port, host: values.host };
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}

/** Runs a tool of the workspace from its root, where the one configuration of all packages is. */
function runTool(/** @type {string} */ root, /** @type {string} */ tool, /** @type {string[]} */ args) {
  return spawnSync(join(root, 'node_modules/.bin', tool), args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}
