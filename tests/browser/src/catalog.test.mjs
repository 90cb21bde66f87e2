import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { api, assertAccessible, assertBecomes, count, ownership, PHONE, screenshot, settled, useBrowser, withPage } from './portal.mjs';

useBrowser();

const rows = page => page.locator('table tbody tr');
const total = page => page.getByRole('heading', { level: 1 }).getByRole('status');
const search = page => page.getByRole('searchbox', { name: /^Search/ });
const names = page => rows(page).locator('td:first-child a').allTextContents();

/** Waits until the page says that it shows so many entities. */
async function assertTotal(page, expected) {
  await total(page).filter({ hasText: new RegExp(`^${expected.toLocaleString('en')}$`) }).waitFor();
}

describe('the catalog', () => {
  it('begins with one’s own, and cuts nothing of it where a screen is of the usual width', async () => {
    await withPage(
      '/catalog',
      async page => {
        await page.getByRole('link', { name: 'Engineering handbook' }).waitFor();
        await settled(page);
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll('td, td *')].filter(part => part.scrollWidth > part.clientWidth && part.clientWidth > 1).map(part => part.textContent),
        );
        assert.deepEqual(cut, []);
      },
      { viewport: { width: 1280, height: 800 } },
    );
  });

  it('opens on the components that one owns, and leads to all, with exact counts', async () => {
    const components = await count('kind=component');
    const owned = await count(['kind=component', ...(await ownership()).map(ref => `relations.ownedBy=${ref}`)].join());
    await withPage('/', async page => {
      await page.waitForURL('**/catalog');
      await assertTotal(page, owned);
      await page.getByRole('button', { name: /^Owned/, pressed: true }).waitFor();
      await settled(page);
      await screenshot(page, 'catalog-owned');
      await page.getByRole('button', { name: new RegExp(`^All ${components}`) }).click();
      await assertTotal(page, components);
      await settled(page);
      assert.equal(await rows(page).count(), Math.min(50, components));
      const kinds = await api('/entity-facets?facet=kind');
      for (const { value, count: number } of kinds.facets.kind) {
        const label = new RegExp(`${value}s?\\s*${number.toLocaleString('en')}$`, 'i');
        assert.equal(await page.getByRole('button', { name: label }).count(), 1, `${value} has its count`);
      }
      await assertAccessible(page);
      await screenshot(page, 'catalog-light');
    });
  });

  it('opens on all components for who owns none, and shows nothing else before', async () => {
    const components = await count('kind=component');
    const asNobody = async page => {
      await page.route('**/api/auth/guest/refresh*', async route => {
        const response = await route.fetch();
        const session = await response.json();
        session.backstageIdentity.identity.ownershipEntityRefs = ['user:default/nobody'];
        await route.fulfill({ response, json: session });
      });
      await page.addInitScript(() => {
        globalThis.shown = [];
        new MutationObserver(() => {
          const total = document.querySelector('h1 [role=status]')?.textContent;
          const list = document.querySelector('[role=group] [aria-pressed=true]')?.textContent;
          const seen = `${list} ${total}`;
          if (total && globalThis.shown.at(-1) !== seen) globalThis.shown.push(seen);
        }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      });
    };
    await withPage(
      '/catalog',
      async page => {
        await assertTotal(page, components);
        await settled(page);
        const shown = await page.evaluate(() => globalThis.shown);
        assert.ok(shown.every(seen => /^All/.test(seen) && seen.endsWith(` ${components}`)), shown.join(', '));
        assert.match(page.url(), /[/]catalog$/);
      },
      { prepare: asNobody },
    );
  });

  it('filters by what one chooses, and goes back', async () => {
    const { facets } = await api('/entity-facets?facet=spec.type&filter=kind%3Dcomponent');
    const [{ value, count: number }] = facets['spec.type'];
    const all = await count('kind=component');
    await withPage('/catalog?list=all', async page => {
      await page.getByRole('checkbox', { name: new RegExp(`^${value}`) }).check();
      await page.waitForURL(({ search }) => search === `?type=${value}`);
      await assertTotal(page, number);
      await page.getByRole('button', { name: `Remove filter Type ${value}` }).waitFor();
      await page.goBack();
      await assertTotal(page, all);
      await page.goForward();
      await page.reload();
      await assertTotal(page, number);
    });
  });

  it('changes kinds, with the columns that mean something for them', async () => {
    const groups = await count('kind=group');
    await withPage('/catalog?type=service', async page => {
      await page.getByRole('button', { name: /^Group Groups/ }).click();
      await page.waitForURL(({ search }) => search === '?kind=group');
      await assertTotal(page, groups);
      await settled(page);
      const heads = await page.getByRole('columnheader').allTextContents();
      assert.deepEqual(heads.slice(0, 2), ['Name', 'Type']);
      await screenshot(page, 'catalog-groups');
    });
  });

  it('searches while one types', async () => {
    await withPage('/catalog?kind=all', async page => {
      await settled(page);
      const [name] = await names(page);
      await search(page).pressSequentially(name.toLowerCase(), { delay: 20 });
      await page.waitForURL(({ searchParams }) => searchParams.get('q') === name.toLowerCase());
      await settled(page);
      assert.ok((await names(page)).includes(name));
      await search(page).fill('nothing is called this');
      await page.getByText('Nothing matches these filters').waitFor();
      await assertAccessible(page);
      await screenshot(page, 'catalog-empty');
      await page.locator('main').getByRole('button', { name: 'Clear all' }).last().click();
      await assertBecomes(() => search(page).inputValue(), '');
    });
  });

  it('sorts by columns both ways', async () => {
    await withPage('/catalog?kind=all', async page => {
      await settled(page);
      const byName = names => [...names];
      const ascending = byName(await names(page));
      await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
      await page.waitForURL(/sort=-metadata.name/);
      await settled(page);
      assert.notDeepEqual(await names(page), ascending);
      assert.equal(await page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort'), 'descending');
    });
  });

  it('turns pages by the server’s cursors, there and back', async () => {
    const all = await count('');
    assert.ok(all > 20, 'the example organisation fills more than a page');
    await withPage('/catalog?kind=all&size=20', async page => {
      await page.getByText(`1–20 of ${all}`).waitFor();
      await settled(page);
      const first = await names(page);
      const seen = new Set();
      for (let from = 1; from <= all; from += 20) {
        await page.getByText(`${from}–${Math.min(from + 19, all)} of ${all}`).waitFor();
        await settled(page);
        for (const link of await rows(page).locator('td:first-child a').all()) {
          seen.add(await link.getAttribute('href'));
        }
        if (from + 20 <= all) {
          await page.getByRole('button', { name: 'Next page' }).click();
        }
      }
      assert.equal(seen.size, all, 'every entity was on exactly one page');
      for (let from = Math.floor((all - 1) / 20) * 20 + 1; from > 1; from -= 20) {
        await page.getByRole('button', { name: 'Previous page' }).click();
        await page.getByText(`${from - 20}–${from - 1} of ${all}`).waitFor();
      }
      await settled(page);
      assert.deepEqual(await names(page), first);
    });
  });

  it('is worked by keyboard alone', async () => {
    await withPage('/catalog?list=all', async page => {
      await settled(page);
      const [first, second] = await names(page);
      const focused = () => page.evaluate(() => document.activeElement.textContent);
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await assertBecomes(focused, second);
      await page.keyboard.press('k');
      await assertBecomes(focused, first);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/catalog/*/component/*');
      await page.goBack();
      await settled(page);
      await page.keyboard.press('f');
      await page.keyboard.type('zz');
      await page.waitForURL(/q=zz/);
      await page.keyboard.press('Escape');
      await page.waitForURL(/catalog[?]list=all$/);
      await settled(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'keyboard-shortcuts');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });

  it('keeps what one stars', async () => {
    await withPage('/catalog?list=all', async page => {
      await settled(page);
      const [name] = await names(page);
      await rows(page).first().hover();
      await page.getByRole('button', { name: `Add ${name} to starred` }).click();
      await page.getByRole('button', { name: /^Starred/ }).click();
      await assertTotal(page, 1);
      await page.reload();
      await assertTotal(page, 1);
      await page.getByRole('button', { name: `Remove ${name} from starred` }).click();
      await settled(page);
    });
  });

  it('has the columns that one chooses, the next time too', async () => {
    const heads = page => page.getByRole('columnheader').allTextContents();
    await withPage('/catalog?list=all', async page => {
      await settled(page);
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'System' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Namespace' }).click();
      await page.waitForURL(/columns=owner/);
      await assertAccessible(page);
      await screenshot(page, 'catalog-columns');
      await page.keyboard.press('Escape');
      await page.goto(page.url().replace(/[?].*/, ''));
      await settled(page);
      assert.deepEqual(await heads(page), ['Name', 'Owner', 'Type', 'Lifecycle', 'Namespace', 'Description', 'Tags', 'Latest build', 'Lighthouse']);
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('menuitem', { name: 'Default columns' }).click();
      await page.keyboard.press('Escape');
      await settled(page);
      await page.getByRole('columnheader', { name: 'System' }).waitFor();
    });
  });

  it('gives everything that matches as a file, not only the page', async () => {
    const all = await count('');
    await withPage('/catalog?kind=all&size=20', async page => {
      await settled(page);
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export as CSV' }).click();
      const download = await downloading;
      assert.match(download.suggestedFilename(), /^catalog-all-kinds-[0-9-]+[.]csv$/);
      const text = await readFile(await download.path(), 'utf8');
      const [head, ...lines] = text.slice(1).trimEnd().split('\r\n');
      assert.ok(head.startsWith('Reference,Kind,Namespace,Name,Title,Owner'));
      assert.equal(lines.length, all);
    });
  });

  it('is readable in the dark', async () => {
    await withPage(
      '/catalog?list=all',
      async page => {
        await assertAccessible(page);
        await screenshot(page, 'catalog-dark');
      },
      { colorScheme: 'dark' },
    );
  });

  it('is readable in high contrast', async () => {
    await withPage(
      '/catalog?list=all',
      async page => {
        await assertAccessible(page);
        await screenshot(page, 'catalog-contrast');
      },
      { contrast: 'more' },
    );
  });

  it('is a list on a phone, with filters in a sheet', async () => {
    await withPage(
      '/catalog?list=all',
      async page => {
        await settled(page);
        assert.equal(await page.getByRole('table').count(), 0);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `nothing sticks out of the screen, but ${overflow} pixels do`);
        await assertAccessible(page);
        await screenshot(page, 'catalog-phone');
        await page.getByRole('button', { name: 'Filters' }).click();
        await page.getByRole('checkbox').first().waitFor();
        await assertAccessible(page);
        await screenshot(page, 'catalog-phone-filters');
        await page.getByRole('checkbox').first().check();
        await page.getByRole('button', { name: 'Show results' }).click();
        await page.waitForURL(/type=/);
      },
      { viewport: PHONE },
    );
  });

  it('holds its place while it loads, and says what is wrong when it cannot', async () => {
    let answer;
    const waiting = new Promise(resolve => (answer = resolve));
    await withPage(
      '/nowhere',
      async page => {
        await page.route('**/entities/by-query*orderField*', async route => {
          await waiting;
          await route.fulfill({ status: 503, json: { error: { name: 'ServiceUnavailableError', message: 'The catalog is away' } } });
        });
        await page.getByRole('link', { name: 'Go to the catalog' }).click();
        await page.locator('table tbody tr').nth(10).waitFor();
        await screenshot(page, 'catalog-loading');
        answer();
        await page.getByRole('alert').getByText('The catalog is away').waitFor({ timeout: 20_000 });
        await screenshot(page, 'catalog-error');
        await page.unroute('**/entities/by-query*orderField*');
        await page.getByRole('button', { name: 'Try again' }).click();
        await rows(page).getByRole('link').first().waitFor();
      },
      { expectedErrors: /503/ },
    );
  });
});
