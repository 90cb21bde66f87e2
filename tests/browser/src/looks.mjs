import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assertAccessible, PHONE, screenshot, withPage } from './portal.mjs';

const LOOKS = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: PHONE }],
  ['phone-dark', { viewport: PHONE, colorScheme: 'dark' }],
];

/**
 * Runs a test in every look, with a picture of each. `test` leads the page to where the picture is taken; `path` may be a
 * function where it is not known before the tests run.
 */
export function inEveryLook(name, path, test, options = {}) {
  for (const [look, settings] of LOOKS) {
    it(`${name}: ${look}`, async () => {
      await withPage(
        typeof path === 'function' ? path() : path,
        async page => {
          await test(page);
          await assertAccessible(page);
          await assertNothingSticksOut(page);
          await screenshot(page, `${name.replace(/\W+/g, '-')}-${look}`);
        },
        { ...settings, ...options },
      );
    });
  }
}

/** Fails when the page has to be scrolled sideways. */
export async function assertNothingSticksOut(page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `nothing sticks out of the screen, but ${overflow} pixels do`);
}
