import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertAccessible, PHONE, screenshot, settled, url, useBrowser, withPage } from './portal.mjs';

useBrowser();

/** Has the portal's page come with other configuration, as if `app-config.yaml` said so. */
async function configured(page, change) {
  await page.route(`${url}/**`, async route => {
    if (route.request().resourceType() !== 'document') {
      return route.fallback();
    }
    const response = await route.fetch();
    const body = (await response.text()).replace(
      /(<script type="backstage\.io\/config">)([\s\S]*?)(<\/script>)/,
      (_, start, json, end) => `${start}${JSON.stringify([...JSON.parse(json), { context: 'test', data: change }])}${end}`,
    );
    return route.fulfill({ response, body });
  });
  await page.reload();
}

describe('plugins', () => {
  it('are listed with what they add to the app', async () => {
    await withPage('/plugins', async page => {
      const card = page.getByRole('region', { name: 'Catalog', exact: true });
      await card.getByText('@callboard/plugin-catalog', { exact: true }).waitFor();
      await card.getByText('entity-content:catalog/overview', { exact: true }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'plugins');
      await page.getByRole('searchbox', { name: 'Filter plugins' }).fill('page:catalog-import');
      await card.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: '/catalog-import', exact: true }).click();
      await page.waitForURL('**/catalog-import');
    });
  });

  it('are listed on a phone in the dark', async () => {
    await withPage(
      '/plugins',
      async page => {
        await page.getByText('page:catalog', { exact: true }).waitFor();
        await assertAccessible(page);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= PHONE.width, `the page is ${width} pixels wide`);
        await screenshot(page, 'plugins-phone-dark');
      },
      { viewport: PHONE, colorScheme: 'dark' },
    );
  });

  it('are turned off, moved and renamed by configuration alone', async () => {
    await withPage('/catalog', async page => {
      await configured(page, {
        app: {
          extensions: [
            { 'plugin:tech-radar': false },
            { 'page:catalog-import': { config: { path: '/register', title: 'Add yours', icon: 'rocket' } } },
            { 'entity-content:catalog/relations': false },
            { 'entity-content:catalog/descriptor': { config: { title: 'YAML', path: '/yaml' } } },
          ],
        },
      });
      const navigation = page.getByRole('navigation', { name: 'Main' });
      await navigation.getByRole('link', { name: 'Add yours' }).click();
      await page.waitForURL('**/register');
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.equal(await navigation.getByRole('link', { name: 'Tech radar' }).count(), 0);
      await page.goto(`${url}/tech-radar`);
      await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();

      await page.goto(`${url}/catalog`);
      await page.getByRole('table').getByRole('link').first().click();
      const tabs = page.getByRole('navigation', { name: 'Sections' });
      await tabs.getByRole('link', { name: 'YAML' }).click();
      await page.waitForURL('**/yaml');
      assert.equal(await tabs.getByRole('link', { name: 'Relations' }).count(), 0);
    });
  });

  it('whose configuration is wrong say so and leave the rest as it is', async () => {
    await withPage('/plugins', async page => {
      await configured(page, { app: { extensions: ['page:cataloq', { 'page:catalog-import': { config: { path: 7 } } }] } });
      await page.getByText('2 parts of the configuration are not used', { exact: true }).waitFor();
      await page.getByText("nothing installed has the id 'page:cataloq'").first().waitFor();
      await assertAccessible(page);
      await screenshot(page, 'plugins-problems');
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Catalog' }).click();
      await page.getByRole('table').waitFor();
    });
  });
});

describe('the person', () => {
  it('signs out, and comes in again', async () => {
    await withPage('/catalog', async page => {
      await settled(page);
      await page.getByRole('button', { name: /^Signed in as/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      const enter = page.getByRole('button', { name: 'Continue as guest' });
      await enter.waitFor();
      await assertAccessible(page);
      await screenshot(page, 'sign-in');
      await enter.click();
      await page.getByRole('table').waitFor();
    });
  });

  it('reads an announcement and puts it away for good', async () => {
    await withPage('/catalog', async page => {
      const announcements = [
        // What the person has put away stays so on this portal.
        { id: `move-${Date.now()}`, message: 'We move on Sunday.', severity: 'warning', url: 'https://status.example' },
        { id: 'past', message: 'Long ago', until: '2020-01-01' },
      ];
      await configured(page, { app: { announcements } });
      await page.getByText('We move on Sunday.').waitFor();
      assert.equal(await page.getByText('Long ago').count(), 0);
      await assertAccessible(page);
      await screenshot(page, 'announcement');
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await page.getByText('We move on Sunday.').waitFor({ state: 'detached' });
      await settled(page);
      await page.reload();
      await settled(page);
      assert.equal(await page.getByText('We move on Sunday.').count(), 0);
    });
  });
});
