import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { inEveryLook } from './looks.mjs';
import { assertAccessible, request, screenshot, settled, url, useBrowser, withPage } from './portal.mjs';

useBrowser();

const ROUTE = '/browser-test';
let thirdParty;
let target;

/** A third party that answers, is sometimes wrong, and says what may be cached. */
before(async () => {
  thirdParty = createServer((incoming, answer) => {
    const status = incoming.url.includes('missing') ? 404 : incoming.url.includes('broken') ? 500 : 200;
    answer.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'public, max-age=60' });
    answer.end(JSON.stringify({ path: incoming.url, token: incoming.headers['x-token'] }));
  });
  await new Promise(resolve => thirdParty.listen(0, '127.0.0.1', resolve));
  target = `http://127.0.0.1:${thirdParty.address().port}/api`;
});

after(async () => {
  await removeEndpoint();
  thirdParty.close();
});

async function removeEndpoint() {
  const { items } = await (await request('GET', '/api/proxy-admin/v1/endpoints')).json();
  for (const { id } of items.filter(({ route }) => route === ROUTE)) {
    await request('DELETE', `/api/proxy-admin/v1/endpoints/${id}`);
  }
}

describe('the health of the units', () => {
  inEveryLook('admin-health', '/admin', async page => {
    for (const unit of ['gateway', 'catalog', 'lighthouse-audit', 'proxy']) {
      await page.getByRole('rowgroup', { name: unit }).waitFor();
    }
  });
});

describe('a proxy endpoint', () => {
  it('is added, tried, used, switched off and deleted', async () => {
    await removeEndpoint();
    await withPage('/admin/proxy', async page => {
      await page.getByRole('link', { name: 'Add endpoint' }).click();
      await page.getByRole('textbox', { name: 'Route', exact: true }).fill(ROUTE);
      await page.getByRole('textbox', { name: 'Target', exact: true }).fill(target);
      await page.getByRole('combobox', { name: 'Cache' }).selectOption('shared');
      await page.getByRole('button', { name: 'Add a header' }).click();
      await page.getByRole('textbox', { name: 'Name of header 1' }).fill('x-token');
      await page.getByLabel('Value of header 1').fill('s3cret');
      await page.getByRole('button', { name: 'Send a GET' }).click();
      await page.getByText(/^Answered 200/).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'admin-endpoint-form');
      await page.getByRole('button', { name: 'Add endpoint' }).click();
      await page.getByRole('heading', { name: ROUTE }).waitFor();
      await page.getByText('Nothing has gone through it in this time').waitFor();

      const answers = await Promise.all(['/a', '/a', '/a?b', '/missing', '/broken'].map(path => request('GET', `/api/proxy${ROUTE}${path}`)));
      assert.deepEqual(await answers[0].json(), { path: '/api/a', token: 's3cret' });
      await page.getByRole('button', { name: 'Hour', exact: true }).click();
      const requests = page.locator('dl').getByText('5', { exact: true });
      for (let tries = 0; tries < 12 && (await requests.count()) === 0; tries += 1) {
        await page.waitForTimeout(1000);
        await page.reload();
        await settled(page);
      }
      await requests.waitFor();
      await page.getByText('x-token: (secret)').waitFor();
      await assertAccessible(page);
      await screenshot(page, 'admin-endpoint');

      await page.getByRole('button', { name: 'Purge cache' }).click();
      await page.getByText('What was cached is forgotten.').waitFor();
      await page.getByRole('button', { name: 'Switch off' }).click();
      await page.getByRole('button', { name: 'Switch on' }).waitFor();
      assert.equal((await request('GET', `/api/proxy${ROUTE}/a`)).status, 404);
      await page.getByRole('link', { name: 'All endpoints' }).click();
      await page.getByRole('row', { name: new RegExp(`${ROUTE}.*Off`) }).waitFor();
      await settled(page);
      await screenshot(page, 'admin-endpoints');
      await page.getByRole('link', { name: ROUTE }).click();
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByText('The endpoint was deleted.').waitFor();
      await page.getByRole('link', { name: '/partner', exact: true }).waitFor();
      assert.equal(await page.getByRole('link', { name: ROUTE }).count(), 0);
    });
  });

  inEveryLook('admin-proxy', '/admin/proxy', page => page.getByRole('link', { name: '/partner', exact: true }).waitFor());
});

describe('the locations and providers', () => {
  inEveryLook('admin-catalog', '/admin/catalog', async page => {
    await page.getByRole('region', { name: 'Locations' }).waitFor();
    await page.getByRole('region', { name: 'Providers' }).getByText('ConfigLocationProvider').waitFor();
  });
});

describe('the audit log', () => {
  const SETTING = 'user-settings.setting.put';
  const REFRESH = 'catalog.entity.refresh';

  before(async () => {
    // Something that is recorded, whatever was done before.
    await request('POST', '/api/catalog/refresh', { entityRef: 'component:default/web-shop' });
    await request('PUT', '/api/user-settings/buckets/browser-test/keys/audited', { value: true });
  });

  const action = (page, name) => page.getByRole('table', { name: 'Changes' }).getByRole('button', { name });

  inEveryLook('admin-audit', '/admin/audit', async page => {
    await action(page, REFRESH).first().waitFor();
    assert.equal(await action(page, SETTING).count(), 0);
  });

  it('has what people set for themselves for who asks for it', async () => {
    await withPage('/admin/audit', async page => {
      await page.getByRole('checkbox', { name: 'Show personal settings' }).check();
      await page.waitForURL('**/admin/audit?personal=true');
      await action(page, SETTING).first().waitFor();
      await action(page, REFRESH).first().waitFor();
    });
  });

  it('is narrowed down by a click, and shown whole again', async () => {
    await withPage('/admin/audit', async page => {
      await action(page, REFRESH).first().click();
      await page.waitForURL(`**/admin/audit?action=${REFRESH}`);
      await settled(page);
      await page.getByRole('button', { name: 'Show details' }).first().click();
      await page.getByText('Request id').waitFor();
      await assertAccessible(page);
      await screenshot(page, 'admin-audit-detail');
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.waitForURL(`${url}/admin/audit`);
    });
  });
});
