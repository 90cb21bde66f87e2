import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { inEveryLook } from './looks.mjs';
import { assertAccessible, request, screenshot, settled, url, useBrowser, withPage } from './portal.mjs';

useBrowser();

/** A page of the portal itself that is small. */
const WEBSITE = `${url}/api/docs`;
const SHORT = WEBSITE.replace(/^http:\/\//, '');
const LONGEST_AUDIT_MS = 180_000;

/** The first audit, which the pages are tested with. */
let auditId;

/** Something that Lighthouse's own report shows. */
const reportOf = page => page.frameLocator('iframe').getByText('Accessibility').filter({ visible: true }).first();

before(async () => {
  const options = { formFactor: 'DESKTOP', throttling: 'NONE' };
  const limit = Date.now() + LONGEST_AUDIT_MS;
  let audit = await (await request('POST', '/api/lighthouse/v2/audits', { url: WEBSITE, options })).json();
  while (audit.status === 'RUNNING' && Date.now() < limit) {
    await setTimeout(500);
    audit = await (await request('GET', `/api/lighthouse/v2/audits/${audit.id}`)).json();
  }
  assert.equal(audit.status, 'COMPLETED', JSON.stringify(audit.failure ?? audit));
  auditId = audit.id;
});

describe('an audit', () => {
  it('is started, followed while it runs, and read', async () => {
    await withPage('/lighthouse', async page => {
      await page.getByRole('link', { name: 'Create audit' }).click();
      await page.getByRole('textbox', { name: 'Website' }).fill('shop');
      await page.getByRole('button', { name: 'Start the audit' }).click();
      await page.getByText('Enter the whole address, starting with https://').waitFor();
      await assertAccessible(page);
      await screenshot(page, 'lighthouse-form');
      await page.getByRole('textbox', { name: 'Website' }).fill(WEBSITE);
      await page.getByRole('radio', { name: /Desktop/ }).check();
      await page.getByRole('combobox', { name: 'Network and processor' }).selectOption('NONE');
      await page.getByRole('checkbox', { name: 'SEO' }).uncheck();
      await page.getByRole('button', { name: 'Start the audit' }).click();
      await page.getByRole('progressbar', { name: 'Progress of the audit' }).waitFor();
      await screenshot(page, 'lighthouse-running');
      await page.getByTitle(/^Lighthouse report of/).waitFor({ timeout: LONGEST_AUDIT_MS });
      await reportOf(page).waitFor();
      await screenshot(page, 'lighthouse-audited');
    });
  });

  inEveryLook('lighthouse-audit', () => `/lighthouse/audit/${auditId}`, async page => {
    await page.getByTitle(/^Lighthouse report of/).waitFor();
    await reportOf(page).waitFor();
  });
});

describe('the introduction', () => {
  it('is put away for good, and found again', async () => {
    await request('DELETE', '/api/user-settings/buckets/lighthouse/keys/introductionDismissed');
    await withPage('/lighthouse', async page => {
      await page.getByRole('region', { name: 'Audits of your websites' }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'lighthouse-introduction');
      await page.getByRole('button', { name: 'Got it' }).click();
      await settled(page);
      await page.goto(`${url}/lighthouse`);
      await page.getByRole('button', { name: 'About audits' }).click();
      await page.getByRole('dialog', { name: 'About audits' }).getByText('lighthouse.com/website-url').waitFor();
      assert.equal(await page.getByRole('region', { name: 'Audits of your websites' }).count(), 0);
      await assertAccessible(page);
    });
  });
});

describe('audited websites', () => {
  inEveryLook('lighthouse', '/lighthouse', page => page.getByRole('table').getByRole('link', { name: SHORT }).waitFor());

  inEveryLook('lighthouse-trends', `/lighthouse/trends?url=${encodeURIComponent(WEBSITE)}`, page =>
    page.getByRole('slider', { name: 'Scores over time' }).waitFor(),
  );

  it('are compared between two audits', async () => {
    const { items } = await (await request('GET', `/api/lighthouse/v2/audits?url=${encodeURIComponent(WEBSITE)}&status=COMPLETED`)).json();
    await withPage(`/lighthouse/compare?base=${items.at(-1).id}&other=${items[0].id}`, async page => {
      await page.getByRole('region', { name: 'Scores' }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'lighthouse-compare');
    });
  });

  it('of an entity are in its tab', async () => {
    // Its websites have not been audited, for nothing is at their addresses while the tests run.
    await withPage('/catalog/default/component/callboard/lighthouse', async page => {
      await page.getByRole('group', { name: 'Website' }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'lighthouse-tab');
    });
  });

  it('of entities are a column of the catalog, for who wants it', async () => {
    await withPage(
      // By the address: what is chosen from the menu is kept for the person, and would be there in other tests.
      '/catalog?columns=owner,lighthouse',
      async page => {
        await page.getByRole('columnheader', { name: 'Lighthouse' }).waitFor();
        await page.getByRole('row', { name: /Callboard/ }).getByText('No audit yet').waitFor();
        await assertAccessible(page);
        await screenshot(page, 'lighthouse-column');
      },
    );
  });
});
