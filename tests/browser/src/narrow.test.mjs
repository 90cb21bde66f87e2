import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertNothingSticksOut } from './looks.mjs';
import { screenshot, settled, useBrowser, withPage } from './portal.mjs';

useBrowser();

/** The narrowest phone that there is a page for. */
const NARROW = { viewport: { width: 360, height: 740 } };

const PAGES = [
  '/catalog?list=all',
  '/catalog/default/component/web-shop',
  '/catalog/default/component/web-shop/relations',
  '/catalog/default/component/web-shop/ci-cd',
  '/catalog/default/component/callboard/lighthouse',
  '/catalog/default/api/basket',
  '/catalog/default/api/basket/definition',
  '/catalog/default/api/payments/definition',
  '/catalog/default/system/storefront',
  '/catalog/default/domain/shopping',
  '/catalog/default/resource/cdn',
  '/catalog/default/group/storefront-team',
  '/catalog/default/user/guest',
  '/catalog/default/location/acme',
  '/catalog-graph?rootEntityRefs[]=component:default/web-shop',
  '/catalog-import',
  '/api-docs',
  '/search?q=order',
  '/home',
  '/settings',
  '/circleci',
  '/lighthouse',
  '/lighthouse/create-audit',
  '/tech-radar',
  '/plugins',
  '/unprocessed-entities',
  '/admin',
  '/admin/proxy',
  '/admin/proxy/edit',
  '/admin/catalog',
  '/admin/audit',
  '/no/such/page',
];

/** What the cells of tables cut off without a word. */
function clippedCells(page) {
  return page.evaluate(() => [...document.querySelectorAll('td')].filter(cell => cell.scrollWidth > cell.clientWidth).map(cell => cell.textContent));
}

describe('at 360 pixels nothing has to be scrolled sideways', () => {
  for (const path of PAGES) {
    it(path, async () => {
      await withPage(
        path,
        async page => {
          await page.getByRole('heading', { level: 1 }).waitFor();
          await settled(page);
          await screenshot(page, `narrow${path.replace(/\W+/g, '-')}`);
          await assertNothingSticksOut(page);
          assert.deepEqual(await clippedCells(page), [], 'values of tables are there whole, or end in an ellipsis');
        },
        // There is no CircleCI behind the portal of the tests.
        { ...NARROW, expectedErrors: /404/ },
      );
    });
  }
});

it('the tab that is open is in view where not all of them fit', async () => {
  await withPage(
    '/admin/audit',
    async page => {
      const open = page.locator('nav a[aria-current="page"]', { hasText: 'Audit log' });
      await open.waitFor();
      await settled(page);
      const { x, width } = await open.boundingBox();
      assert.ok(x >= 0 && x + width <= NARROW.viewport.width, `from ${x} to ${x + width}`);
    },
    NARROW,
  );
});
