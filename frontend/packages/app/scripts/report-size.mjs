// Says how much compressed JavaScript and CSS a first visit to the catalog loads, and fails over the budget.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_KILOBYTES = 250;
const dist = join(import.meta.dirname, '../dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

const wanted = new Set();
const add = key => {
  if (!wanted.has(key)) {
    wanted.add(key);
    manifest[key].imports?.forEach(add);
  }
};
add('index.html');
Object.keys(manifest).filter(key => manifest[key].name === 'app' || key.includes('CatalogIndexPage')).forEach(add);

const files = new Set([...wanted].flatMap(key => [manifest[key].file, ...(manifest[key].css ?? [])]));
const size = extension =>
  [...files]
    .filter(file => file.endsWith(extension))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000, 0);

const javascript = size('.js');
console.log(`First load of the catalog: ${javascript.toFixed(1)} kB JavaScript, ${size('.css').toFixed(1)} kB CSS (gzip)`);
if (javascript > BUDGET_KILOBYTES) {
  console.error(`More JavaScript than the budget of ${BUDGET_KILOBYTES} kB`);
  process.exit(1);
}
