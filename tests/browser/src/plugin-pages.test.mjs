import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertNothingSticksOut, inEveryLook } from './looks.mjs';
import { api, assertAccessible, PHONE, screenshot, settled, useBrowser, withPage } from './portal.mjs';

useBrowser();

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
  inEveryLook('circleci', '/circleci', page => page.getByRole('link', { name: 'acme/web-shop' }).waitFor());
  inEveryLook('circleci-tab', '/catalog/default/component/web-shop/ci-cd', page => page.getByText('Pipeline #45').waitFor());

  for (const [status, headers, message, says] of [
    [401, {}, 'Invalid token provided.', 'Whoever runs the portal sets a valid one as header Circle-Token'],
    [404, {}, 'Project not found', 'Check the annotation circleci.com/project-slug'],
    [429, { 'retry-after': '30' }, 'API rate limit exceeded.', 'Try again in 30 seconds.'],
  ]) {
    it(`says what to do where CircleCI answers ${status}`, async () => {
      const refuse = page =>
        page.route('**/api/proxy/circleci/api/**', route =>
          route.fulfill({ status, headers, contentType: 'application/json', body: JSON.stringify({ message }) }),
        );
      const options = { prepare: refuse, expectedErrors: new RegExp(`status of ${status}`) };
      await withPage(
        '/catalog/default/component/web-shop/ci-cd',
        async page => {
          await page.getByRole('alert').getByText(says).waitFor();
          await assertAccessible(page);
          await screenshot(page, `circleci-${status}`);
        },
        options,
      );
      await withPage(
        '/circleci',
        async page => {
          const told = status === 404 ? page.getByText('Not available').first() : page.getByRole('alert').getByText(says);
          await told.waitFor();
          await settled(page);
          await screenshot(page, `circleci-list-${status}`);
        },
        options,
      );
    });
  }

  it('shows what a failed step printed, and runs the workflow again', async () => {
    await withPage('/catalog/default/component/web-shop/ci-cd', async page => {
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
    });
  });
});

describe('groups', () => {
  it('of the person are in the sidebar', async () => {
    await withPage('/catalog', async page => {
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My group' }).click();
      await page.waitForURL('**/catalog/default/group/developer-experience-team');
      await page.getByRole('region', { name: 'Members' }).getByRole('link', { name: 'Guest' }).waitFor();
    });
  });

  it('show who is in them and what they own', async () => {
    const { items } = await api('/entities/by-query?filter=kind%3Dgroup%2Crelations.hasMember%2Crelations.ownerOf&limit=1');
    const { namespace, name } = items[0].metadata;
    const { email } = items[0].spec.profile;
    await withPage(`/catalog/${namespace}/group/${name}`, async page => {
      const tile = page.getByRole('region', { name: 'Ownership' }).getByRole('link').first();
      const shown = Number.parseInt((await tile.textContent()) ?? '', 10);
      await page.getByRole('region', { name: 'Members' }).getByRole('listitem').first().waitFor();
      assert.equal(await page.locator(`a[href="mailto:${email}"]`).count(), 1, 'its address stands there once');
      await assertAccessible(page);
      await screenshot(page, 'group');
      await tile.click();
      await page.getByText(`1–${shown} of ${shown}`).waitFor();
    });
  });
});

describe('APIs', () => {
  inEveryLook('api-docs', '/api-docs', page => page.getByRole('main').getByRole('link', { name: 'Basket' }).waitFor());

  it('are filtered, and read without leaving the list', async () => {
    await withPage('/api-docs', async page => {
      await page.getByRole('checkbox', { name: /gRPC/ }).check();
      await page.waitForURL(/type=grpc/);
      await page.getByRole('button', { name: 'View the definition of Stock' }).click();
      const dialog = page.getByRole('dialog', { name: 'Stock' });
      await dialog.getByText('service').first().waitFor();
      await assertAccessible(page);
      await screenshot(page, 'api-docs-definition');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      assert.ok(page.url().endsWith('/api-docs?type=grpc'));
    });
  });

  for (const type of ['graphql', 'grpc']) {
    it(`show definitions of ${type} on a phone`, async () => {
      const { items } = await api(`/entities/by-query?filter=kind%3Dapi%2Cspec.type%3D${type}&limit=1`);
      const { namespace, name } = items[0].metadata;
      await withPage(
        `/catalog/${namespace}/api/${name}/definition`,
        async page => {
          await page.getByRole('article').waitFor();
          await assertAccessible(page);
          await assertNothingSticksOut(page);
          await screenshot(page, `definition-${type}-phone`);
        },
        { viewport: PHONE, colorScheme: 'dark' },
      );
    });
  }

  for (const type of ['openapi', 'asyncapi', 'graphql', 'grpc']) {
    it(`show definitions of ${type}`, async () => {
      const { items } = await api(`/entities/by-query?filter=kind%3Dapi%2Cspec.type%3D${type}&limit=1`);
      const { namespace, name } = items[0].metadata;
      await withPage(`/catalog/${namespace}/api/${name}/definition`, async page => {
        await page.getByRole('main').locator('article, section').first().waitFor();
        const operation = page.getByRole('button', { name: /^(GET|POST)/ }).first();
        if (type === 'openapi') {
          await operation.click();
          await page.getByRole('region', { name: 'Responses' }).waitFor();
        }
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
      await page.getByRole('button', { name: /, System$/ }).first().click({ modifiers: ['Shift'] });
      await page.waitForURL('**/catalog/default/system/*');
    });
  });

  it('is drawn in other ways, all of them in the address, and over the whole screen', async () => {
    await withPage(path, async page => {
      await page.getByRole('switch', { name: 'Simplified' }).uncheck();
      await page.getByRole('switch', { name: 'Merged relations' }).uncheck();
      await page.getByRole('combobox', { name: 'Lines' }).selectOption('Right angles');
      await page.waitForURL(/curve=curveStepBefore&unidirectional=false&mergeRelations=false$/);
      await assertAccessible(page);
      await screenshot(page, 'graph-unmerged');
      await page.reload();
      await page.getByRole('switch', { name: 'Simplified', checked: false }).waitFor();
      await page.getByRole('button', { name: 'Full screen' }).click();
      await page.waitForFunction(() => document.fullscreenElement?.querySelector('svg[role=group]'));
      await page.getByRole('button', { name: 'Leave full screen' }).click();
      await page.waitForFunction(() => !document.fullscreenElement);
    });
  });
});
