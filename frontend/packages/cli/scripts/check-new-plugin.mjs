// Makes a plugin as a person would, and checks that it is clean, that its tests pass, that it is served alone, and that the app has
// its page. Removes it again.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const id = `made-by-check-${process.pid}`;
const folder = join(root, 'plugins', id);
const lock = join(root, 'package-lock.json');
const savedLock = readFileSync(lock);

function run(command, ...args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed`);
  }
}

/** Waits for the address that a development server prints, and asks it for a page. */
async function serve(args, path, wanted) {
  const child = spawn('npm', args, { cwd: root, env: { ...process.env, CALLBOARD_MOCK: '1' }, detached: true });
  try {
    const url = await new Promise((resolve, reject) => {
      let printed = '';
      child.stdout.on('data', data => {
        printed += data;
        const match = /http:\/\/localhost:\d+/.exec(printed);
        if (match) {
          resolve(match[0]);
        }
      });
      child.once('exit', () => reject(new Error(`npm ${args.join(' ')} ended:\n${printed}`)));
      setTimeout(() => reject(new Error(`npm ${args.join(' ')} printed no address:\n${printed}`)), 60_000).unref();
    });
    const text = await (await fetch(url + path)).text();
    if (!text.includes(wanted)) {
      throw new Error(`${url}${path} does not hold '${wanted}':\n${text.slice(0, 2000)}`);
    }
  } finally {
    process.kill(-child.pid);
  }
}

let failed = false;
try {
  run('npm', 'run', 'new', '--', '--select', 'plugin', '--option', `pluginId=${id}`);
  run('npm', 'run', 'typecheck');
  run('npm', 'run', 'lint', '-w', `@callboard/plugin-${id}`);
  run('npm', 'test', '-w', `@callboard/plugin-${id}`);
  await serve(['start', '-w', `@callboard/plugin-${id}`, '--', '--port', '0'], '/anywhere', '/dev/index.tsx');
  await serve(['start', '-w', '@callboard/app', '--', '--port', '0'], '/@id/__x00__virtual:callboard/packages', `@callboard/plugin-${id}`);
} catch (error) {
  failed = true;
  console.error(error);
} finally {
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(lock, savedLock);
  rmSync(join(root, 'node_modules/@callboard', `plugin-${id}`), { force: true });
}
console.log(failed ? '0 passed, 1 failed' : '1 passed, 0 failed');
process.exitCode = failed ? 1 : 0;
