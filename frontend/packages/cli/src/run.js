// The commands: what each takes, and what becomes of an error.
import { UsageError } from './errors.js';

const HELP = `usage: callboard-cli COMMAND

  new [--select TEMPLATE] [--option KEY=VALUE]... [--scope SCOPE] [--skip-install]
                    makes a package; asks for what is not given
  package start [--check] [--port PORT] [--host HOST]
                    serves the plugin in this folder alone; --check type-checks and lints meanwhile
  package test      runs the tests of the package in this folder
  package lint      lints it
`;

/**
 * Runs a command.
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const [command, ...rest] = args;
  try {
    if (command === undefined || command === 'help' || args.includes('--help')) {
      process.stdout.write(HELP);
      return 0;
    }
    if (command === 'new') {
      const { createFromArguments } = await import('./new/command.js');
      return await createFromArguments(rest);
    }
    if (command === 'package') {
      const { runPackageCommand } = await import('./package/command.js');
      return await runPackageCommand(rest);
    }
    process.stderr.write(`There is no command '${command}'.\n\n${HELP}`);
    return 1;
  } catch (error) {
    // What a person did wrong needs no stack; what we did wrong does.
    process.stderr.write(`${error instanceof UsageError ? error.message : /** @type {Error} */ (error).stack}\n`);
    return 1;
  }
}
