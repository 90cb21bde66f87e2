import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useExampleApp } from '../example/serveExampleApp.mjs';
import { assertAccessible, screenshot, useBrowser, withPage } from './portal.mjs';

useBrowser();
const appUrl = useExampleApp();

const onExample = (path, test, options) => withPage(path, test, { ...options, at: appUrl() });

describe('a plugin', () => {
  it('has a page that waits for its feature flag', async () => {
    await onExample('/settings', async page => {
      const navigation = page.getByRole('navigation').getByRole('link', { name: 'Shop' });
      const flag = page.getByRole('switch', { name: /next-shop/ });
      await flag.waitFor();
      assert.equal(await navigation.count(), 0);
      await flag.check();
      await page.reload();
      await navigation.click();
      await page.getByRole('heading', { name: 'Welcome to the shop' }).waitFor();
      await page.goto(`${appUrl()}/settings`);
      await flag.uncheck();
      await page.goto(`${appUrl()}/shop`);
      await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
      assert.equal(await navigation.count(), 0);
    });
  });

  it('brings a language, which settings offer and the browser keeps', async () => {
    await onExample('/settings', async page => {
      await page.getByRole('combobox', { name: 'Language of the portal' }).selectOption({ label: 'Deutsch' });
      await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor();
      await page.getByRole('switch', { name: /next-shop/ }).check();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
      await assertAccessible(page);
      await screenshot(page, 'settings-german');
      await page.getByRole('navigation').getByRole('link', { name: 'Laden' }).click();
      await page.getByRole('heading', { name: 'Willkommen im Laden' }).waitFor();
    });
  });

  it('is told what people do', async () => {
    await onExample('/catalog?kind=system&view=all', async page => {
      await page.getByRole('table').getByRole('link', { name: 'Payment' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Payment' }).waitFor();
      await page.getByRole('link', { name: 'Search', exact: true }).click();
      await page.getByRole('searchbox').fill('order');
      await page.getByRole('list', { name: 'Results' }).getByRole('link').first().click();
      await page.getByRole('heading', { level: 1, name: /order/i }).waitFor();
      const events = await page.evaluate(() => window.events);
      const told = action => events.filter(event => event.action === action);
      const item = told('navigate').find(({ subject }) => subject === '/catalog/default/system/payment');
      assert.deepEqual(item.attributes, { namespace: 'default', kind: 'system', name: 'payment' });
      assert.equal(item.context.pluginId, 'catalog');
      assert.equal(told('click').find(({ subject }) => subject === 'Payment').context.pluginId, 'catalog');
      const [search] = told('search');
      assert.equal(search.subject, 'order');
      assert.ok(search.value > 0);
      assert.equal(search.context.pluginId, 'search');
      assert.equal(told('click').at(-1).value, 1);
    });
  });
});
