import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useFiles } from './files.mjs';
import { assertAccessible, entityIsThere, PHONE, screenshot, useBrowser, withPage } from './portal.mjs';

useBrowser();

const run = Date.now().toString(36);
const good = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: imported-${run}
  title: Imported component
spec:
  type: service
  lifecycle: experimental
  owner: nobody-${run}
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: imported-api-${run}
spec:
  type: openapi
  lifecycle: experimental
  owner: nobody-${run}
  definition: 'openapi: 3.1.0'
`;
const bad = good.replace('type: service', 'type: [1, 2]');

const fileUrl = useFiles({ '/catalog-info.yaml': good, '/bad.yaml': bad });

async function analyze(page, url) {
  await page.getByRole('textbox', { name: 'URL of a descriptor file or a repository' }).fill(url);
  await page.getByRole('button', { name: 'Analyse' }).click();
}

describe('registering a component', () => {
  it('shows the catalog’s own words for what it cannot read', async () => {
    await withPage(
      '/catalog-import',
      async page => {
        await analyze(page, fileUrl('/absent.yaml'));
        await page.getByRole('alert').getByText('This cannot be registered as it is').waitFor();
        await assertAccessible(page);
        await screenshot(page, 'import-error');
        await analyze(page, fileUrl('/bad.yaml'));
        await page.getByRole('alert').getByText(/spec.type/).first().waitFor();
      },
      { expectedErrors: /400/ },
    );
  });

  it('shows what it would add, adds it, and shows it in the catalog', async () => {
    await withPage('/catalog-import', async page => {
      await analyze(page, fileUrl('/catalog-info.yaml'));
      await page.getByRole('heading', { name: '2 entities will be added' }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'import-preview');
      await page.getByRole('button', { name: 'Register 2 entities' }).click();
      await page.getByText('Registered', { exact: true }).waitFor();
      await screenshot(page, 'import-done');
      const link = page.locator(`a[href$="/component/imported-${run}"]`);
      await link.waitFor();
      await entityIsThere(`imported-${run}`);
      await link.click();
      await page.getByRole('heading', { level: 1, name: 'Imported component' }).waitFor();
      await page.getByRole('region', { name: /not in the catalog/ }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'entity-warning');
    });
  });

  it('knows what is registered already', async () => {
    await withPage('/catalog-import', async page => {
      await analyze(page, fileUrl('/catalog-info.yaml'));
      await page.getByRole('region', { name: 'This location is registered already' }).waitFor();
      await page.getByRole('button', { name: 'Read again' }).click();
      await page.getByText('Registered', { exact: true }).waitFor();
    });
  });

  it('fits a phone, and wants a whole address', async () => {
    await withPage(
      '/catalog-import',
      async page => {
        await analyze(page, 'acme/shop');
        await page.getByText('Enter the whole address').waitFor();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `nothing sticks out of the screen, but ${overflow} pixels do`);
        await assertAccessible(page);
        await screenshot(page, 'import-phone');
      },
      { viewport: PHONE, colorScheme: 'dark' },
    );
  });

  it('lists what an address has in columns on a phone as well', async () => {
    await withPage(
      '/catalog-import',
      async page => {
        await page.getByRole('button', { name: 'Several at once' }).click();
        await page.getByRole('textbox', { name: /one a line/ }).fill(fileUrl('/catalog-info.yaml'));
        await page.getByRole('button', { name: 'Analyse' }).click();
        await page.getByRole('button', { name: 'Show details' }).click();
        const [name, kind] = await Promise.all(['Component Imported component', 'Component'].map(text => page.getByRole('cell', { name: text, exact: true }).boundingBox()));
        assert.equal(name.y, kind.y);
        assert.ok((await page.getByRole('columnheader', { name: 'Kind' }).boundingBox()).height > 1);
        await screenshot(page, 'import-several-phone');
      },
      { viewport: PHONE, colorScheme: 'dark' },
    );
  });

  it('takes several addresses at once, each with its result', async () => {
    await withPage(
      '/catalog-import',
      async page => {
        await page.getByRole('button', { name: 'Several at once' }).click();
        const addresses = [fileUrl('/catalog-info.yaml'), fileUrl('/absent.yaml'), fileUrl('/bad.yaml')];
        await page.getByRole('textbox', { name: /one a line/ }).fill(addresses.join('\n'));
        await page.getByRole('button', { name: 'Analyse' }).click();
        const result = address => page.getByRole('row').filter({ hasText: address });
        await result(addresses[0]).getByText('Registered already').waitFor();
        await result(addresses[1]).getByText('Cannot be registered as it is').waitFor();
        await result(addresses[2]).getByText('Cannot be registered as it is').waitFor();
        await result(addresses[1]).getByRole('button', { name: 'Show details' }).click();
        await page.getByRole('alert').first().waitFor();
        await assertAccessible(page);
        await screenshot(page, 'import-several');
        assert.ok(await page.getByRole('button', { name: 'Nothing to register' }).isDisabled());
      },
      { expectedErrors: /400/ },
    );
  });
});
