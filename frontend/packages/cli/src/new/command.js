// `callboard-cli new`: its arguments, and questions for what is not among them.
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { UsageError } from '../errors.js';
import { findWorkspaceRoot } from '../workspace.js';
import { createPackage } from './createPackage.js';
import { findTemplate, templates } from './templates.js';

/**
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export async function createFromArguments(args, cwd = process.cwd()) {
  const { select, options, scope, skipInstall } = parse(args);
  const ask = process.stdin.isTTY ? questions() : undefined;
  try {
    const template = findTemplate(select ?? (await choose(ask)));
    const value = options[template.option] ?? options.id ?? options.name ?? (await ask?.(`${template.question}: `));
    if (!value) {
      throw new UsageError(`Say which: --option ${template.option}=VALUE`);
    }
    createPackage({ root: findWorkspaceRoot(cwd), template, id: value.trim(), scope, skipInstall });
    return 0;
  } finally {
    ask?.close();
  }
}

function parse(/** @type {string[]} */ args) {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      options: {
        select: { type: 'string' },
        option: { type: 'string', multiple: true },
        scope: { type: 'string', default: 'callboard' },
        'skip-install': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
  /** @type {Record<string, string>} */
  const options = {};
  for (const option of parsed.option ?? []) {
    const [, key, value] = /^([^=]+)=(.*)$/.exec(option) ?? [];
    if (key === undefined || value === undefined) {
      throw new UsageError(`Invalid option '${option}', must be of the format <key>=<value>`);
    }
    options[key] = value;
  }
  return { select: parsed.select, options, scope: parsed.scope.replace(/^@/, ''), skipInstall: parsed['skip-install'] };
}

function questions() {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  return Object.assign((/** @type {string} */ question) => lines.question(question), { close: () => lines.close() });
}

async function choose(/** @type {((question: string) => Promise<string>) | undefined} */ ask) {
  const list = templates.map(({ id, description }, index) => `  ${index + 1}. ${id.padEnd(18)} ${description}`);
  if (!ask) {
    throw new UsageError(['Say what to make: --select TEMPLATE. There are:', ...list].join('\n'));
  }
  process.stdout.write(`${['What do you want to make?', ...list].join('\n')}\n`);
  const answer = (await ask('Number or name: ')).trim();
  return templates[Number(answer) - 1]?.id ?? answer;
}
