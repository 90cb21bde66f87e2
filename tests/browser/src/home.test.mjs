import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertAccessible, screenshot, settled, url, useBrowser, withPage } from './portal.mjs';

useBrowser();

/** The titles of the page's cards, in their order. */
const shown = page => page.getByRole('main').locator('section h2').allTextContents();

describe('the home page', () => {
  it('is arranged by keyboard, and stays so', async () => {
    await withPage('/home', async page => {
      const arrange = async () => {
        await page.getByRole('button', { name: 'Arrange' }).click();
        const cards = page.getByRole('list', { name: 'Cards' }).getByRole('listitem');
        return cards.first().waitFor();
      };
      const done = () => page.getByRole('button', { name: 'Done' }).click();
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      await page.getByRole('region', { name: 'Starred' }).waitFor();
      await settled(page);
      // Whatever an earlier test has left.
      await arrange();
      await page.getByRole('button', { name: 'Restore defaults' }).click();
      await done();
      const before = await shown(page);

      await arrange();
      await page.getByRole('button', { name: 'Move Starred forward' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText(`Starred is number 1 of ${before.length}.`).waitFor();
      // Whoever moves a card by keyboard goes on with that card.
      assert.match((await focused()) ?? '', /^Move Starred/);
      await page.getByRole('button', { name: 'Remove Recently visited' }).click();
      await assertAccessible(page);
      await screenshot(page, 'home-arranging');
      await done();
      const arranged = ['Starred', ...before.filter(title => title !== 'Starred' && title !== 'Recently visited')];
      assert.deepEqual((await shown(page)).map(withoutCount), arranged.map(withoutCount));
      await settled(page);
      await page.goto(`${url}/home`);
      await page.getByRole('region', { name: 'Starred' }).waitFor();
      assert.deepEqual((await shown(page)).map(withoutCount), arranged.map(withoutCount));

      await arrange();
      await page.getByRole('button', { name: 'Add Recently visited' }).click();
      await done();
      assert.equal((await shown(page)).map(withoutCount).at(-1), 'Recently visited');
      await arrange();
      await page.getByRole('button', { name: 'Restore defaults' }).click();
      await done();
      await settled(page);
      await page.goto(`${url}/home`);
      await page.getByRole('region', { name: 'Starred' }).waitFor();
      assert.deepEqual((await shown(page)).map(withoutCount), before.map(withoutCount));
    });
  });
});

/** A heading of a card without how many it holds, which changes as one goes about. */
function withoutCount(title) {
  return title.replace(/\d+$/, '').trim();
}
