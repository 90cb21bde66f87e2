import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { chromium } from 'playwright-core';
import { serveSimulatedCircleCI } from './circleci.mjs';

/** Where the portal is. */
export const url = process.env.CALLBOARD_URL ?? 'http://localhost:7007';

const screenshots = process.env.CALLBOARD_SCREENSHOTS ?? join(import.meta.dirname, '../screenshots');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SWITCHED_OFF = [
  // Two parts of the browser's own window, which nobody sees here: to draw them took a third of what a page takes.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // What Playwright switches off, since only the last list counts.
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${SWITCHED_OFF.join()}`,
];

export const PHONE = { width: 390, height: 844 };

let browser;

/** Starts the browser for the tests of a file. */
export function useBrowser() {
  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: FLAGS,
    });
  });
  after(() => browser?.close());
}

/**
 * Runs a test on a page of its own, as a person who has never been here. Fails the test when the page writes errors
 * to its console or throws; `expectedErrors` are those the test provokes, `prepare` what is
 * to be done with the page before it goes anywhere, `at` where the app is, if it is not the portal's own.
 */
export async function withPage(path, test, { expectedErrors, prepare, at = url, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  countRequests(page);
  const errors = [];
  page.on('console', message => message.type() === 'error' && errors.push(`${message.text()} ${message.location().url}`));
  page.on('pageerror', error => errors.push(error.message));
  try {
    // No test may depend on CircleCI itself, and the catalog's table shows its builds.
    await serveSimulatedCircleCI(page);
    await prepare?.(page);
    await page.goto(at + path);
    await test(page);
    const unexpected = errors.filter(error => !expectedErrors?.test(error));
    if (unexpected.length > 0) {
      throw new Error(`The page reported errors:\n${unexpected.join('\n')}`);
    }
  } catch (error) {
    await screenshot(page, `failed-${path.replace(/\W+/g, '-')}`).catch(() => undefined);
    throw new Error(`${error.message}\n\nThe page then:\n${await whatPageShows(page)}`, { cause: error });
  } finally {
    await context.close();
  }
}

/** What is on a page, for who has only the words of a test that failed. */
async function whatPageShows(page) {
  return page
    .locator('body')
    .ariaSnapshot({ timeout: 2_000 })
    .catch(error => `cannot be told: ${error.message}`);
}

const pending = new WeakMap();

/** Counts what a page asks for and has not got. The stream of live changes never ends, and is not waited for. */
function countRequests(page) {
  const open = new Set();
  pending.set(page, open);
  page.on('request', request => /\/api\/events\/stream|^data:/.test(request.url()) || open.add(request));
  page.on('requestfinished', request => open.delete(request));
  page.on('requestfailed', request => open.delete(request));
}

/** A page that waits for nothing so many times in a row has what it wanted. Times, since a page that computes answers late. */
const QUIET_LOOKS = 10;
const LOOK_EVERY_MS = 25;

/** What stands on a page in the place of something that is on its way. */
const BUSY = '[aria-busy="true"], [role="progressbar"]:not([aria-valuenow])';

/** Waits until the page has what it asked for, and shows it: nothing on it is busy, and its fonts are there. */
export async function settled(page) {
  const limit = Date.now() + 15_000;
  for (let quiet = 0; quiet < QUIET_LOOKS; ) {
    const awaited = await whatPageWaitsFor(page);
    quiet = awaited.length > 0 ? 0 : quiet + 1;
    if (quiet < QUIET_LOOKS && Date.now() > limit) {
      throw new Error(`The page still waits for ${awaited.join(', ') || 'what it asks for again and again'}`);
    }
    await page.waitForTimeout(LOOK_EVERY_MS);
  }
}

async function whatPageWaitsFor(page) {
  const requests = [...pending.get(page)].map(request => request.url());
  const parts = await page.evaluate(
    busy => [
      ...Array.from(document.querySelectorAll(busy), ({ outerHTML }) => outerHTML.slice(0, 200)),
      ...(document.fonts.status === 'loaded' ? [] : ['fonts']),
    ],
    BUSY,
  );
  return [...requests, ...parts];
}

/** Waits until what `read` answers is what is expected, and fails with the difference where it does not become that. */
export async function assertBecomes(read, expected) {
  const limit = Date.now() + 20_000;
  let found = await read();
  while (!isDeepStrictEqual(found, expected) && Date.now() < limit) {
    await setTimeout(LOOK_EVERY_MS);
    found = await read();
  }
  assert.deepEqual(found, expected);
}

/** Waits until the catalog has read an entity of that name. */
export async function entityIsThere(name) {
  await assertBecomes(() => count(`metadata.name=${name}`), 1);
}

/** Keeps a picture of the page. */
export async function screenshot(page, name) {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** Fails with what axe finds wrong with the page when it has settled, contrast included. */
export async function assertAccessible(page) {
  await settled(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(axe);
  }
  const violations = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
    );
  });
  if (violations.length > 0) {
    throw new Error(`axe found:\n${violations.join('\n\n')}`);
  }
}

/** Asks the catalog itself, as the guest that the page is. */
export async function api(path) {
  return (await request('GET', `/api/catalog${path}`)).json();
}

/** Asks the portal, as the guest that the page is. */
export async function request(method, path, body) {
  const { token } = await identity();
  return fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
}

async function identity() {
  const session = await fetch(`${url}/api/auth/guest/refresh`, { headers: { 'x-requested-with': 'XMLHttpRequest' } });
  return (await session.json()).backstageIdentity;
}

/** What the guest owns entities through. */
export async function ownership() {
  return (await identity()).identity.ownershipEntityRefs;
}

/** How many entities a filter selects. */
export async function count(filter) {
  const { totalItems } = await api(`/entities/by-query?limit=0${filter ? `&filter=${encodeURIComponent(filter)}` : ''}`);
  return totalItems;
}
