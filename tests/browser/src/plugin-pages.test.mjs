import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CircleCISimulator } from '../../../frontend/packages/circleci-simulator/src/simulator.mjs';
import { api, assertAccessible, PHONE, screenshot, settled, useBrowser, withPage } from './portal.mjs';

useBrowser();

const LOOKS = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: PHONE }],
  ['phone-dark', { viewport: PHONE, colorScheme: 'dark' }],
];

/** Runs a test in every look, with a picture of each. */
function inEveryLook(name, path, test, options = {}) {
  for (const [look, settings] of LOOKS) {
    it(`${name}: ${look}`, async () => {
      await withPage(
        path,
        async page => {
          await test(page);
          await settled(page);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(overflow <= 0, `nothing sticks out of the screen, but ${overflow} pixels do`);
          await assertAccessible(page);
          await screenshot(page, `${name.replace(/\W+/g, '-')}-${look}`);
        },
        { ...settings, ...options },
      );
    });
  }
}

describe('the tech radar', () => {
  inEveryLook('tech-radar', '/tech-radar', page => page.getByRole('group', { name: /^Radar with/ }).waitFor());

  it('is walked through by keys, and an entry has an address of its own', async () => {
    await withPage('/tech-radar', async page => {
      await page.locator('[data-entry]').first().focus();
      await page.keyboard.press('ArrowRight');
      const second = await page.evaluate(() => document.activeElement.getAttribute('data-entry'));
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      assert.ok(page.url().endsWith(`?entry=${second}`));
      await assertAccessible(page);
      await screenshot(page, 'tech-radar-entry');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });
});

describe('CircleCI', () => {
  /** The proxy's answers, made by a simulated CircleCI of the project that an example component names. */
  const prepare = async page => {
    const circleCI = new CircleCISimulator({ slugs: ['gh/acme/web-shop', 'gh/acme/basket-service', 'gh/acme/order-service'] });
    await page.route('**/api/proxy/circleci/api/**', async route => {
      const request = route.request();
      const url = request.url().replace(/^.*\/api\/proxy\/circleci\/api/, 'https://circleci.com/api');
      const headers = { 'circle-token': circleCI.token };
      const body = request.method() === 'POST' ? request.postData() : undefined;
      const response = await circleCI.handle(new Request(url, { method: request.method(), headers, body }));
      await route.fulfill({ status: response.status, contentType: 'application/json', body: await response.text() });
    });
  };

  inEveryLook('circleci', '/circleci', page => page.getByRole('link', { name: 'acme/web-shop' }).waitFor(), { prepare, expectedErrors: /404/ });
  inEveryLook('circleci-tab', '/catalog/default/component/web-shop/ci-cd', page => page.getByText('Pipeline #45').waitFor(), { prepare });

  it('shows what a failed step printed, and runs the workflow again', async () => {
    await withPage(
      '/catalog/default/component/web-shop/ci-cd',
      async page => {
        const failed = page.getByRole('listitem').filter({ has: page.getByRole('img', { name: 'Failed' }) }).first();
        await failed.getByRole('button').first().click();
        await failed.getByRole('button', { name: /^Failed test/ }).click();
        await page.getByRole('region', { name: 'Output of Run' }).getByText('FAILED').first().waitFor();
        await assertAccessible(page);
        await screenshot(page, 'circleci-job');
        await page.keyboard.press('Escape');
        await failed.getByRole('button', { name: 'Run again' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Run again' }).click();
        await page.getByText('CircleCI runs it again.').waitFor();
      },
      { prepare },
    );
  });
});

describe('groups', () => {
  it('show who is in them and what they own', async () => {
    const { items } = await api('/entities/by-query?filter=kind%3Dgroup%2Crelations.hasMember%2Crelations.ownerOf&limit=1');
    const { namespace, name } = items[0].metadata;
    await withPage(`/catalog/${namespace}/group/${name}`, async page => {
      const tile = page.getByRole('region', { name: 'Ownership' }).getByRole('link').first();
      const shown = Number.parseInt((await tile.textContent()) ?? '', 10);
      await page.getByRole('region', { name: 'Members' }).getByRole('listitem').first().waitFor();
      await settled(page);
      await assertAccessible(page);
      await screenshot(page, 'group');
      await tile.click();
      await page.getByText(`1–${shown} of ${shown}`).waitFor();
    });
  });
});

describe('APIs', () => {
  inEveryLook('api-docs', '/api-docs', page => page.getByRole('table', { name: 'APIs' }).getByRole('link').first().waitFor());

  for (const type of ['openapi', 'asyncapi', 'graphql', 'grpc']) {
    it(`show definitions of ${type}`, async () => {
      const { items } = await api(`/entities/by-query?filter=kind%3Dapi%2Cspec.type%3D${type}&limit=1`);
      const { namespace, name } = items[0].metadata;
      await withPage(`/catalog/${namespace}/api/${name}/definition`, async page => {
        await page.getByRole('region').first().waitFor();
        const operation = page.getByRole('button', { name: /^(GET|POST)/ }).first();
        if (type === 'openapi') {
          await operation.click();
          await page.getByRole('region', { name: 'Responses' }).waitFor();
        }
        await settled(page);
        await assertAccessible(page);
        await screenshot(page, `definition-${type}`);
      });
    });
  }
});

describe('the graph', () => {
  const path = '/catalog-graph?rootEntityRefs[]=component:default/web-shop&maxDepth=2';

  inEveryLook('graph', path, page => page.getByRole('group', { name: /^Graph around/ }).waitFor());

  it('goes on from what one clicks', async () => {
    await withPage(path, async page => {
      const node = page.getByRole('button', { name: /, System$/ }).first();
      const [title] = (await node.getAttribute('aria-label')).split(', ');
      await node.click();
      await page.getByRole('group', { name: `Graph around ${title}` }).waitFor();
      await page.goBack();
      await page.getByRole('group', { name: 'Graph around Web shop' }).waitFor();
    });
  });
});
