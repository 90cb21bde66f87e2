import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertNothingSticksOut } from './looks.mjs';
import { api, assertAccessible, PHONE, screenshot, settled, useBrowser, withPage } from './portal.mjs';

useBrowser();

/** A component with an owner, a system and other relations, to stand for all. */
async function sample() {
  const { items } = await api('/entities/by-query?filter=kind%3Dcomponent%2Cspec.system&orderField=metadata.name,asc');
  const richest = items.sort((a, b) => b.relations.length - a.relations.length)[0];
  const { kind, metadata } = richest;
  const title = metadata.title ?? metadata.name;
  return { entity: richest, title, path: `/catalog/${metadata.namespace}/${kind.toLowerCase()}/${metadata.name}` };
}

describe('the page of an entity', () => {
  it('says what it is, who owns it and what it is related to', async () => {
    const { entity, title, path } = await sample();
    await withPage(path, async page => {
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.getByRole('heading', { name: 'About' }).waitFor();
      await settled(page);
      const owner = entity.relations.find(({ type }) => type === 'ownedBy').targetRef;
      const [, name] = owner.split('/');
      assert.ok((await page.locator(`a[href$="/group/${name}"]`).count()) > 0, 'the owner is linked');
      await assertAccessible(page);
      await screenshot(page, 'entity-light');
      await page.getByRole('button', { name: 'Show as list' }).click();
      await page.getByRole('group', { name: 'owned by' }).waitFor();
    });
  });

  it('leads along relations and back', async () => {
    const { path } = await sample();
    await withPage(path, async page => {
      await settled(page);
      await page.getByRole('region', { name: 'About' }).locator('a[href*="/system/"]').first().click();
      await page.waitForURL('**/system/**');
      await page.getByRole('link', { name: 'Systems' }).waitFor();
      await page.goBack();
      await page.waitForURL(`**${path}`);
    });
  });

  it('shows the descriptor as YAML and as JSON, to be copied', async () => {
    const { entity, path } = await sample();
    await withPage(path, async page => {
      await page.getByRole('link', { name: 'Descriptor' }).click();
      const code = page.getByRole('region', { name: 'Descriptor' });
      await code.getByText(`name: ${entity.metadata.name}`).first().waitFor();
      await assertAccessible(page);
      await screenshot(page, 'entity-descriptor');
      await page.getByRole('tab', { name: 'JSON' }).click();
      await page.waitForURL(/format=json/);
      await code.getByText(`"uid": "${entity.metadata.uid}"`).first().waitFor();
      await page.getByRole('button', { name: 'Copy', exact: true }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
      assert.equal(copied.metadata.uid, entity.metadata.uid);
    });
  });

  it('tells where the entity comes from', async () => {
    const { title, path } = await sample();
    await withPage(path, async page => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Inspect' }).click();
      await page.getByRole('dialog', { name: `Inspect ${title}` }).waitFor();
      await page.waitForURL(/inspect=overview/);
      await page.getByRole('tab', { name: 'Ancestry' }).click();
      await page.getByText('Registration, configuration or provider', { exact: true }).waitFor();
      await assertAccessible(page);
      await screenshot(page, 'entity-inspect');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });

  it('asks for the file to be read again', async () => {
    const { path } = await sample();
    await withPage(path, async page => {
      await page.getByRole('button', { name: 'Refresh' }).click();
      await page.getByText('Refresh scheduled').waitFor();
      await screenshot(page, 'entity-refreshed');
    });
  });

  for (const [name, options] of [
    ['dark', { colorScheme: 'dark' }],
    ['phone', { viewport: PHONE }],
    ['phone-dark', { viewport: PHONE, colorScheme: 'dark' }],
  ]) {
    it(`is readable: ${name}`, async () => {
      const { path } = await sample();
      await withPage(
        path,
        async page => {
          await page.getByRole('heading', { name: 'About' }).waitFor();
          await assertAccessible(page);
          await assertNothingSticksOut(page);
          await screenshot(page, `entity-${name}`);
        },
        options,
      );
    });
  }

  it('has something to say for every kind', async () => {
    const { facets } = await api('/entity-facets?facet=kind');
    for (const { value } of facets.kind) {
      const { items } = await api(`/entities/by-query?limit=1&filter=kind%3D${value}`);
      const { kind, metadata } = items[0];
      await withPage(`/catalog/${metadata.namespace}/${kind.toLowerCase()}/${metadata.name}`, async page => {
        // Of a person there may be nothing to say beside the profile.
        const first = kind === 'User' ? 'Profile' : 'About';
        await page.getByRole('heading', { name: first }).waitFor();
        await assertAccessible(page);
        await screenshot(page, `entity-kind-${kind.toLowerCase()}`);
      });
    }
  });

  it('says so when there is no such entity', async () => {
    await withPage('/catalog/default/component/nobody-made-this', async page => {
      await page.getByText('component:default/nobody-made-this is not in the catalog').waitFor();
      await assertAccessible(page);
      await screenshot(page, 'entity-missing');
    });
  });
});
