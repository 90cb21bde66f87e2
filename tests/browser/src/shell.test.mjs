import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { api, assertAccessible, PHONE, screenshot, settled, useBrowser, withPage } from './portal.mjs';

useBrowser();

describe('the shell', () => {
  it('finds an entity from anywhere by Ctrl+K', async () => {
    const { items } = await api('/entities/by-query?limit=1&filter=kind%3Dsystem&orderField=metadata.name,asc');
    const { metadata } = items[0];
    await withPage('/catalog-import', async page => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('Control+k');
      const field = page.getByRole('combobox', { name: 'Search the catalog' });
      await field.waitFor();
      await page.keyboard.type(metadata.name);
      const option = page.getByRole('option').filter({ hasText: `system:${metadata.namespace}/${metadata.name}` });
      await option.waitFor();
      await assertAccessible(page);
      await screenshot(page, 'search');
      while ((await option.getAttribute('aria-selected')) !== 'true') {
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/catalog/${metadata.namespace}/system/${metadata.name}`);
      await page.getByRole('heading', { name: 'About' }).waitFor();
      await page.keyboard.press('/');
      await page.getByRole('option').first().waitFor();
      await screenshot(page, 'search-recent');
      await page.keyboard.press('Escape');
      await field.waitFor({ state: 'detached' });
    });
  });

  it('lets one skip to the content', async () => {
    await withPage('/catalog', async page => {
      await settled(page);
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to content');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
    });
  });

  it('changes its look and keeps it', async () => {
    await withPage('/catalog', async page => {
      await settled(page);
      const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
      assert.equal(await scheme(), 'light');
      await page.getByRole('button', { name: /^Signed in as/ }).click();
      await page.getByRole('menuitemradio', { name: 'Dark', exact: true }).waitFor();
      await assertAccessible(page);
      await page.getByRole('menuitemradio', { name: 'Dark', exact: true }).click();
      await page.waitForFunction(() => getComputedStyle(document.documentElement).colorScheme === 'dark');
      await page.reload();
      await settled(page);
      assert.equal(await scheme(), 'dark');
    });
  });

  it('folds its sidebar and keeps it', async () => {
    await withPage('/catalog', async page => {
      await page.getByRole('button', { name: 'Fold the sidebar', exact: true }).click();
      await page.getByRole('button', { name: 'Unfold the sidebar' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Unfold the sidebar' }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'sidebar-folded');
      // The other tests have it as it is at first.
      await page.getByRole('button', { name: 'Unfold the sidebar' }).click();
      await page.getByRole('button', { name: 'Fold the sidebar', exact: true }).waitFor();
      await settled(page);
    });
  });

  it('has its sidebar in a sheet on a phone', async () => {
    await withPage(
      '/catalog',
      async page => {
        await page.getByRole('button', { name: 'Open the menu' }).click();
        await page.getByRole('link', { name: 'Register component' }).last().waitFor();
        await assertAccessible(page);
        await screenshot(page, 'sidebar-phone');
        await page.getByRole('dialog').getByRole('link', { name: 'Register component' }).click();
        await page.waitForURL('**/catalog-import');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      },
      { viewport: PHONE },
    );
  });

  it('says so where no page is', async () => {
    await withPage('/no/such/page', async page => {
      await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'not-found');
      await page.getByRole('link', { name: 'Go to the catalog' }).click();
      await page.waitForURL('**/catalog');
    });
  });
});

/** Has a page keep where its heading stands in the frame that is painted before the app, as `firstHeading`. */
function watchFirstHeading() {
  globalThis.look = element => {
    const text = document.createRange();
    text.selectNodeContents(element);
    const { x, y, height } = text.getBoundingClientRect();
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    return { text: element.textContent, x, middle: y + height / 2, style: [color, fontSize, fontWeight] };
  };
  requestAnimationFrame(function wait() {
    const title = document.querySelector('.first-title:not(:empty)');
    if (title) {
      globalThis.firstHeading = globalThis.look(title);
    } else {
      requestAnimationFrame(wait);
    }
  });
}

describe('before its app is there, a page', () => {
  const devices = { desktop: {}, phone: { viewport: PHONE }, dark: { colorScheme: 'dark' } };
  for (const [device, options] of Object.entries(devices)) {
    it(`says what it is called, where the app says it then (${device})`, async () => {
      const { items } = await api('/entities/by-query?limit=1&filter=kind%3Dcomponent');
      const { namespace, name } = items[0].metadata;
      for (const [path, text] of [['/catalog?kind=api', 'APIs'], [`/catalog/${namespace}/component/${name}`, name]]) {
        const prepare = page => page.addInitScript(watchFirstHeading);
        await withPage(path, async page => {
          await settled(page);
          const first = await page.evaluate(() => globalThis.firstHeading);
          const heading = await page.locator('h1 > span').first().evaluate(element => globalThis.look(element));
          assert.deepEqual({ text: first.text, x: first.x, style: first.style }, { text, x: heading.x, style: heading.style });
          // Fonts differ by half a pixel.
          assert.ok(Math.abs(first.middle - heading.middle) <= 1, `${first.middle} ${heading.middle}`);
          assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
        }, { prepare, ...options });
      }
    });
  }
});
