import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inEveryLook } from './looks.mjs';
import { assertAccessible, request, screenshot, settled, url, useBrowser, withPage } from './portal.mjs';

useBrowser();

const STARS = '/api/user-settings/buckets/default.starredEntities/keys/entityRefs';

describe('the home page', () => {
  inEveryLook('home', '/home', page => page.getByRole('region', { name: 'My components' }).waitFor());

  it('leads back to what one has looked at and starred', async () => {
    let visited;
    const prepare = page => {
      visited = page.waitForRequest(request => request.method() === 'PUT' && request.url().includes('/default.visits/'));
    };
    const test = async page => {
      await page.getByRole('button', { name: 'Add Storefront to starred' }).click();
      // A glance is no visit.
      await visited;
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }).click();
      await page.getByRole('region', { name: 'Starred' }).getByRole('link', { name: 'Storefront' }).waitFor();
      await page.getByRole('region', { name: 'Recently visited' }).getByRole('link', { name: 'Storefront' }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'home-visited');
      await page.goto(`${url}/catalog/default/system/storefront`);
      await page.getByRole('button', { name: 'Remove Storefront from starred' }).click();
      await settled(page);
    };
    await withPage('/catalog/default/system/storefront', test, { prepare });
  });

  it('keeps a star given right before one leaves', async () => {
    await withPage('/catalog/default/system/storefront', async page => {
      await page.getByRole('button', { name: 'Add Storefront to starred' }).click();
      await page.goto(`${url}/home`);
      const star = page.getByRole('region', { name: 'Starred' }).getByRole('link', { name: 'Storefront' });
      await star.waitFor();
      await settled(page);
      assert.ok(await star.isVisible());
      const { value } = await (await request('GET', STARS)).json();
      assert.ok(value.includes('system:default/storefront'));
      await page.goto(`${url}/catalog/default/system/storefront`);
      await page.getByRole('button', { name: 'Remove Storefront from starred' }).click();
      await settled(page);
    });
  });
});

describe('the search', () => {
  inEveryLook('search-page', '/search?q=order', page => page.getByRole('link', { name: /order/i }).first().waitFor());

  it('is narrowed down by kind, and says when nothing fits', async () => {
    await withPage('/search?q=order', async page => {
      await page.getByRole('link', { name: /order/i }).first().waitFor();
      await page.getByRole('checkbox', { name: 'APIs' }).check();
      await page.getByRole('checkbox', { name: 'Components' }).check();
      await page.waitForURL(/filters%5Bkind%5D%5B%5D=api&filters%5Bkind%5D%5B%5D=component/);
      await page.getByRole('checkbox', { name: 'production' }).check();
      await page.waitForURL(/filters%5Blifecycle%5D%5B%5D=production/);
      await settled(page);
      const found = await page.getByRole('list', { name: 'Results' }).getByRole('listitem').allTextContents();
      assert.ok(found.length > 0 && found.every(text => /API|Component/.test(text) && text.includes('production')), found.join('\n'));
      await page.getByRole('combobox', { name: 'Per page' }).selectOption('10');
      await page.waitForURL(/pageLimit=10$/);
      await screenshot(page, 'search-filtered');
      await page.getByRole('searchbox', { name: 'Search everything' }).fill('zzzzqqq');
      await page.getByText('Nothing found for “zzzzqqq”').waitFor();
      await page.getByRole('searchbox', { name: 'Search everything' }).fill('order zzzzqqq');
      await page.getByRole('region', { name: 'What finds something' }).getByRole('button', { name: '“order”' }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'search-nothing');
    });
  });
});

describe('the settings', () => {
  inEveryLook('settings', '/settings', page => page.getByRole('region', { name: 'Appearance' }).waitFor());

  it('change the look, high contrast included, and keep it', async () => {
    await withPage('/settings', async page => {
      await page.getByRole('button', { name: 'High contrast dark' }).click();
      await settled(page);
      const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      assert.equal(await background(), 'rgb(0, 0, 0)');
      await assertAccessible(page);
      await screenshot(page, 'settings-contrast');
      await page.goto(`${url}/catalog`);
      await settled(page);
      assert.equal(await background(), 'rgb(0, 0, 0)');
      await assertAccessible(page);
    });
  });
});

describe('what is unprocessed', () => {
  inEveryLook('unprocessed', '/unprocessed-entities', page => page.getByText(/Nothing has failed|Their last processing failed/).waitFor());
});

describe('signing in', () => {
  inEveryLook('sign-in', '/catalog', async page => {
    await settled(page);
    const menu = page.getByRole('button', { name: 'Open the menu' });
    if (await menu.isVisible()) {
      await menu.click();
    }
    await page.getByRole('button', { name: /^Signed in as/ }).last().click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Continue as guest' }).waitFor();
  });
});
