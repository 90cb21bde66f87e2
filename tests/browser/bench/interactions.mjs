// Measures in Chromium how long the table of the catalog at CALLBOARD_URL takes from an input to the rows that answer it, on
// the screen. No test: what it finds is of the machine, and goes to docs/performance.md.
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { watchTable } from './watchTable.mjs';

const url = process.env.CALLBOARD_URL ?? 'http://localhost:7007';
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    // Does not begin before the catalog has so many.
    entities: { type: 'string', default: '1' },
  },
});

/** None of which all names of the corpus have. */
const LETTERS = 'bdfhjklqwy';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
/** Milliseconds, by what was done. */
const samples = new Map();

for (let round = 0; round < Number(values.rounds); round += 1) {
  // A page of its own for each round, since a browser asks for nothing that it has just been told.
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(30_000);
  if (round === 0) {
    await allEntities(page);
  }
  await inRound(page, round);
  await page.close();
}
await browser.close();
report();

/** Waits until the catalog has read everything. */
async function allEntities(page) {
  await page.goto(`${url}/catalog?kind=all`);
  const total = async () => Number((await page.locator('h1 [role=status]').textContent())?.replace(/\D/g, '') || 0);
  while ((await total()) < Number(values.entities)) {
    await page.waitForTimeout(1000);
    await page.reload();
    await page.locator('tbody tr').first().waitFor();
  }
  console.log(`${await total()} entities`);
}

/** All interactions once, each leading to rows that the page has not had before. */
async function inRound(page, round) {
  const measure = async (name, act) => {
    const done = await page.evaluateHandle(watchTable);
    await act();
    const milliseconds = await done.evaluate(watch => watch.answered);
    if (milliseconds === undefined) {
      throw new Error(`After '${name}' the table showed no other rows`);
    }
    samples.set(name, [...(samples.get(name) ?? []), milliseconds]);
    // Counts and titles that are still on their way are not the next interaction's.
    await page.waitForTimeout(250);
  };
  await begin(page);

  for (const kind of ['APIs', 'Resources', 'Groups', 'Users', 'Components']) {
    // What the page began with it knows already, as long as it is there.
    const act = () => page.getByRole('region', { name: 'Kind', exact: true }).getByText(kind, { exact: true }).click();
    await (kind === 'Components' ? act() : measure('kind', act));
  }
  await page.waitForTimeout(500);
  for (let turn = 0; turn < 5; turn += 1) {
    await measure('next page', () => page.getByRole('button', { name: 'Next page' }).click());
  }
  for (const column of ['Owner', 'Type', 'Lifecycle', 'Owner']) {
    await measure('sort', () => page.getByRole('columnheader', { name: column }).getByRole('button').click());
  }
  await begin(page, `?from=${15_001 + 500 * round}`);
  for (let turn = 0; turn < 3; turn += 1) {
    await measure('next page, far down', () => page.getByRole('button', { name: 'Next page' }).click());
  }
  await begin(page);
  const owners = page.getByRole('region', { name: 'Owner', exact: true }).getByRole('checkbox', { checked: false });
  for (let turn = 0; turn < 4; turn += 1) {
    await measure('filter by owner', () => owners.nth(round % 3).click());
  }
  await measure('filter by type', () => page.getByRole('region', { name: 'Type', exact: true }).getByRole('checkbox').first().click());
  await begin(page);
  const search = page.getByRole('searchbox', { name: /^Search components/ });
  for (let turn = 0; turn < 4; turn += 1) {
    await search.fill('');
    await page.waitForTimeout(500);
    await measure('letter typed', () => page.keyboard.type(LETTERS[(4 * round + turn) % LETTERS.length]));
  }
}

/** Opens the table, and lets everything beside it arrive. */
async function begin(page, search = '') {
  await page.goto(`${url}/catalog${search}`);
  await page.locator('tbody tr a').first().waitFor();
  await page.waitForTimeout(1000);
}

function report() {
  const format = value => value.toFixed(0).padStart(8);
  console.log(`\n${'interaction'.padEnd(24)} samples  median     p95     max  ms`);
  const all = [...samples.values()].flat();
  for (const [name, list] of [...samples, ['all', all]]) {
    const sorted = [...list].sort((a, b) => a - b);
    const at = share => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    console.log(`${name.padEnd(24)} ${String(list.length).padStart(7)}${format(at(0.5))}${format(at(0.95))}${format(at(1))}`);
  }
}
