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
    const template = select === undefined ? await choose(ask) : findTemplate(select);
    const create = (/** @type {string} */ id) =>
      createPackage({ root: findWorkspaceRoot(cwd), template, id: id.trim(), scope, skipInstall });
    const value = options[template.option] ?? options.id ?? options.name;
    if (value) {
      create(value);
    } else if (ask) {
      await untilUsable(() => ask(`${template.question}: `), create);
    } else {
      throw new UsageError(`Say which: --option ${template.option}=VALUE`);
    }
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
  const ask = (/** @type {string} */ question) =>
    lines.question(question).catch(() => {
      // Ctrl+C and Ctrl+D are answers, too.
      throw new UsageError('\nNothing was made.');
    });
  return Object.assign(ask, { close: () => lines.close() });
}

/**
 * Asks until the answer is of use, and says of each other one what is wrong with it.
 * @template T
 * @param {() => Promise<string>} ask
 * @param {(answer: string) => T} take
 * @returns {Promise<T>}
 */
async function untilUsable(ask, take) {
  for (;;) {
    const answer = await ask();
    try {
      return take(answer.trim());
    } catch (error) {
      if (!(error instanceof UsageError)) {
        throw error;
      }
      process.stdout.write(`${error.message}\n`);
    }
  }
}

async function choose(/** @type {((question: string) => Promise<string>) | undefined} */ ask) {
  const list = templates.map(({ id, description }, index) => `  ${index + 1}. ${id.padEnd(18)} ${description}`);
  if (!ask) {
    throw new UsageError(['Say what to make: --select TEMPLATE. There are:', ...list].join('\n'));
  }
  process.stdout.write(`${['What do you want to make?', ...list].join('\n')}\n`);
  return untilUsable(
    () => ask('Number or name: '),
    answer => templates[Number(answer) - 1] ?? findTemplate(answer),
  );
}
