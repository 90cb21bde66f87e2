// Runs every test of src/, or of the folder that `--in` names, against the portal at CALLBOARD_URL and ends with the line
// `N passed, M failed`. `--part 1/2` runs every other file, `--part 2/2` the rest.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

const { values, positionals: wanted } = parseArgs({
  options: { in: { type: 'string', default: 'src' }, part: { type: 'string', default: '1/1' } },
  allowPositionals: true,
});
const [index, total] = values.part.split('/').map(Number);
const folder = join(import.meta.dirname, values.in);
const files = readdirSync(folder)
  .filter(name => name.endsWith('.test.mjs') && (wanted.length === 0 || wanted.some(part => name.includes(part))))
  .map(name => join(folder, name));

let passed = 0;
let failed = 0;
const isTest = ({ details, skip }) => details?.type !== 'suite' && !skip;

// A file that hangs fails by its name, long before whoever waits for all of them gives up.
const FILE_LIMIT_MS = 10 * 60_000;

// One file at a time: they are the same guest, who has one home page and one list of stars.
const stream = run({ files, concurrency: 1, shard: { index, total }, timeout: FILE_LIMIT_MS });
stream.on('test:pass', event => (passed += Number(isTest(event))));
stream.on('test:fail', event => (failed += Number(isTest(event))));
stream.on('end', () => {
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});
stream
  .compose(spec)
  .on('end', () => console.log(`${passed} passed, ${failed} failed`))
  .pipe(process.stdout);
