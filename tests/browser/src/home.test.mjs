import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertAccessible, assertBecomes, screenshot, settled, url, useBrowser, withPage } from './portal.mjs';

useBrowser();

/** The titles of the page's cards, in their order, without how many each holds, which changes as one goes about. */
async function titles(page) {
  const headings = await page.getByRole('main').locator('section h2').allTextContents();
  return headings.map(title => title.replace(/\d+$/, '').trim());
}

describe('the home page', () => {
  it('is arranged by keyboard, and stays so', async () => {
    await withPage('/home', async page => {
      const cards = page.getByRole('list', { name: 'Cards' }).locator('> li');
      const arrange = async () => {
        await page.getByRole('button', { name: 'Arrange' }).click();
        await cards.first().waitFor();
      };
      const done = () => page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('region', { name: 'Starred' }).waitFor();
      await settled(page);
      // Whatever an earlier test has left.
      await arrange();
      await page.getByRole('button', { name: 'Restore defaults' }).click();
      await page.getByRole('button', { name: 'Move Starred forward' }).waitFor();
      // The search bar is one of them, without a title of its own.
      const withTitle = (await cards.count()) - 1;
      await done();
      await assertBecomes(async () => (await titles(page)).length, withTitle);
      const before = await titles(page);

      await arrange();
      await page.getByRole('button', { name: 'Move Starred forward' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText(`Starred is number 2 of ${withTitle + 1}.`).waitFor();
      // Whoever moves a card by keyboard goes on with that card.
      await page.locator('[aria-label^="Move Starred"]:focus').waitFor();
      await page.getByRole('button', { name: 'Remove Recently visited' }).click();
      await assertAccessible(page);
      await screenshot(page, 'home-arranging');
      await done();
      const arranged = ['Starred', ...before.filter(title => title !== 'Starred' && title !== 'Recently visited')];
      await assertBecomes(() => titles(page), arranged);
      await settled(page);
      await page.goto(`${url}/home`);
      await assertBecomes(() => titles(page), arranged);

      await arrange();
      await page.getByRole('button', { name: 'Add Recently visited' }).click();
      await done();
      await assertBecomes(() => titles(page), [...arranged, 'Recently visited']);
      await arrange();
      await page.getByRole('button', { name: 'Restore defaults' }).click();
      await done();
      await settled(page);
      await page.goto(`${url}/home`);
      await assertBecomes(() => titles(page), before);
    });
  });
});

describe('cards of the home page', () => {
  it('are added, set up for the person, and all put back', async () => {
    await withPage('/home', async page => {
      const press = name => page.getByRole('button', { name, exact: true }).click();
      await press('Arrange');
      await press('Restore defaults');
      await press('Add Tools');
      await press('Set up Tools');
      const dialog = page.getByRole('dialog', { name: 'Set up Tools' });
      await dialog.getByRole('button', { name: 'Add a tool' }).click();
      await dialog.getByRole('textbox', { name: 'Name of row 1' }).fill('Dashboards');
      await dialog.getByRole('textbox', { name: 'Address of row 1' }).fill('javascript:alert(1)');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Row 1 must be a path that starts with /').waitFor();
      await assertAccessible(page);
      await screenshot(page, 'home-card-form');
      await dialog.getByRole('textbox', { name: 'Address of row 1' }).fill('/tech-radar');
      await dialog.getByRole('combobox', { name: 'Icon of row 1' }).selectOption('chart');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await press('Add World clocks');
      await press('Add Quick start');
      await press('Done');
      await settled(page);
      await page.goto(`${url}/home`);
      await page.getByRole('region', { name: 'Tools' }).getByRole('link', { name: 'Dashboards' }).waitFor();
      await page.getByRole('region', { name: 'World clocks' }).getByText('Tokyo').waitFor();
      await page.getByRole('region', { name: 'Quick start' }).getByRole('link', { name: 'Register what you own' }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'home-cards');

      await press('Arrange');
      await press('Clear all');
      await page.getByText('All cards are removed.').waitFor();
      await press('Undo');
      await page.getByRole('list', { name: 'Cards' }).getByText('Dashboards').waitFor();
      await press('Restore defaults');
      await press('Done');
      await settled(page);
      assert.equal(await page.getByRole('region', { name: 'World clocks' }).count(), 0);
    });
  });

  it('lead to what is searched', async () => {
    await withPage('/home', async page => {
      const field = page.getByRole('main').getByRole('searchbox');
      await field.fill('order');
      await field.press('Enter');
      await page.waitForURL('**/search?q=order');
      await page.getByRole('link', { name: /order/i }).first().waitFor();
    });
  });
});
