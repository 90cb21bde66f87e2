import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { useFiles } from './files.mjs';
import { api, assertAccessible, assertBecomes, entityIsThere, PHONE, request, screenshot, settled, useBrowser, withPage } from './portal.mjs';

useBrowser();

const run = Date.now().toString(36);
const component = name => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name}-${run}, title: ${name} that is removed }
spec: { type: service, lifecycle: production, owner: checkout }
`;
const files = {
  '/all.yaml': `apiVersion: backstage.io/v1alpha1
kind: Location
metadata: { name: half-broken-${run}, title: Half broken }
spec: { targets: [./good.yaml, ./gone.yaml] }
`,
  '/good.yaml': [component('first'), component('second')].join('---\n'),
  '/changing.yaml': component('changing'),
};
const fileUrl = useFiles(files);

const page = name => `/catalog/default/component/${name}-${run}`;
const location = `/catalog/default/location/half-broken-${run}`;

/** Registers the files, and waits until the catalog has read them. */
async function registerFiles() {
  await request('POST', '/api/catalog/locations', { type: 'url', target: fileUrl('/all.yaml') });
  await entityIsThere(`second-${run}`);
  const failed = async () => (await api('/entities/unprocessed?reason=failed&limit=1000')).items.map(item => item.entity_ref);
  await assertBecomes(async () => (await failed()).includes(`location:default/half-broken-${run}`), true);
}

describe('what could not be processed', () => {
  before(registerFiles);

  it('is found by its status', async () => {
    await withPage('/catalog?kind=location', async tab => {
      await tab.getByRole('checkbox', { name: /^Has an error/ }).check();
      await tab.waitForURL(/status=error/);
      await tab.getByRole('button', { name: 'Remove filter Processing status Has an error' }).waitFor();
      await settled(tab);
      await tab.getByRole('link', { name: 'Half broken' }).waitFor();
      await assertAccessible(tab);
      await screenshot(tab, 'catalog-processing-status');
      await tab.reload();
      await tab.getByRole('link', { name: 'Half broken' }).click();
      await tab.getByRole('region', { name: 'Something that this location leads to could not be read' }).waitFor();
      await tab.getByRole('button', { name: 'Read it again' }).waitFor();
      await screenshot(tab, 'entity-processing-error');
    });
  });

  it('is drawn among what an entity comes from, with a way there', async () => {
    await withPage(`${page('first')}?inspect=ancestry`, async tab => {
      const drawing = tab.getByRole('group', { name: 'Ancestry of first that is removed' });
      await drawing.getByText('Registration, configuration or provider', { exact: true }).waitFor();
      const link = drawing.getByRole('link', { name: 'Location, Half broken, has an error' });
      await link.waitFor();
      await assertAccessible(tab);
      await screenshot(tab, 'entity-ancestry');
      await drawing.getByRole('button', { name: 'Show as table' }).click();
      await drawing.getByRole('row', { name: `location:default/half-broken-${run}` }).first().waitFor();
      await drawing.getByRole('button', { name: 'Show as graph' }).click();
      await link.click();
      await tab.waitForURL(`**${location}`);
    });
  });

  it('is listed with what stands beside an entity, and its document can be copied', async () => {
    await withPage(`${page('first')}?inspect=colocated`, async tab => {
      const file = tab.getByRole('region', { name: 'Declared in the same place' });
      await file.getByRole('link', { name: 'second that is removed' }).waitFor();
      await assertAccessible(tab);
      await screenshot(tab, 'entity-colocated');
      await tab.getByRole('tab', { name: 'YAML' }).click();
      await tab.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).click();
      await tab.getByRole('button', { name: 'Copied' }).waitFor();
      assert.match(await tab.evaluate(() => navigator.clipboard.readText()), new RegExp(`name: first-${run}`));
    });
  });
});

describe('the history of an entity', () => {
  before(async () => {
    await request('POST', '/api/catalog/locations', { type: 'url', target: fileUrl('/changing.yaml') });
    await entityIsThere(`changing-${run}`);
  });

  const rewrite = (from, to) => {
    files['/changing.yaml'] = files['/changing.yaml'].replace(from, to);
  };

  it('tells what changed as soon as it has, and all of it on demand', async () => {
    await withPage(page('changing'), async tab => {
      const card = tab.getByRole('region', { name: 'History' });
      await card.getByText('No changes since it was registered.').waitFor();
      rewrite('production', 'deprecated');
      rewrite('title:', 'tags: [java], title:');
      await tab.getByRole('button', { name: 'Refresh' }).click();
      await card.getByText('Lifecycle production → deprecated').waitFor();
      await card.getByText('Tag java added').waitFor();
      await assertAccessible(tab);
      await screenshot(tab, 'entity-history');
      for (const type of ['website', 'library', 'service', 'tool', 'website']) {
        rewrite(/type: \w+/, `type: ${type}`);
        await request('POST', '/api/catalog/refresh', { entityRef: `component:default/changing-${run}` });
        await card.getByText(`→ ${type}`).first().waitFor();
      }
      await card.getByText('Tag java added').waitFor({ state: 'detached' });
      await card.getByRole('button', { name: 'Show all' }).click();
      const dialog = tab.getByRole('dialog', { name: 'History of changing that is removed' });
      await dialog.getByText('Tag java added').waitFor();
      await dialog.getByText(fileUrl('/changing.yaml')).first().waitFor();
      await assertAccessible(tab);
      await screenshot(tab, 'entity-history-dialog');
    });
  });
});

describe('unregistering', () => {
  const openDialog = async tab => {
    await tab.getByRole('button', { name: 'More actions' }).click();
    await tab.getByRole('menuitem', { name: 'Unregister' }).click();
    return tab.getByRole('dialog', { name: /^Unregister/ });
  };

  it('says that nothing was registered for what the configuration declares', async () => {
    const { items } = await api('/entities/by-query?limit=1&filter=kind%3Dsystem');
    const { namespace, name } = items[0].metadata;
    await withPage(
      `/catalog/${namespace}/system/${name}`,
      async tab => {
        const dialog = await openDialog(tab);
        await dialog.getByText(/Nobody registered it/).waitFor();
        await assertAccessible(tab);
        await dialog.getByRole('button', { name: 'Cancel' }).click();
        await dialog.waitFor({ state: 'detached' });
      },
      { expectedErrors: /404/ },
    );
  });

  it('shows on a phone what goes along', async () => {
    await withPage(
      page('first'),
      async tab => {
        const dialog = await openDialog(tab);
        await dialog.getByText('second that is removed').waitFor();
        await assertAccessible(tab);
        await screenshot(tab, 'entity-unregister-phone');
      },
      { viewport: PHONE, colorScheme: 'dark' },
    );
  });

  it('removes the location and everything that came from it, before the eyes of who looks at it', async () => {
    await withPage(page('second'), async other => {
      await other.getByRole('heading', { level: 1, name: 'second that is removed' }).waitFor();
      await withPage(page('first'), async tab => {
        const dialog = await openDialog(tab);
        await dialog.getByText(fileUrl('/all.yaml')).waitFor();
        for (const name of ['first that is removed', 'second that is removed', 'Half broken']) {
          await dialog.getByText(name).first().waitFor();
        }
        await settled(tab);
        await screenshot(tab, 'entity-unregister');
        await dialog.getByRole('button', { name: 'Unregister location and 4 entities' }).click();
        await tab.waitForURL('**/catalog');
        await tab.getByText('The location was unregistered.').waitFor();
      });
      await other.getByText(`component:default/second-${run} is not in the catalog`).waitFor();
      await settled(other);
    });
    const { items } = await api(`/entities/by-query?filter=metadata.name%3Dhalf-broken-${run}`);
    assert.deepEqual(items, []);
  });
});
