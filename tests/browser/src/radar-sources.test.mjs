import { describe, it } from 'node:test';
import { inEveryLook } from './looks.mjs';
import { assertAccessible, screenshot, settled, useBrowser, withPage } from './portal.mjs';

useBrowser();

const ADDRESS = '/radar-of-the-tests.yaml';

const RADAR = `
rings:
  - { id: adopt, name: Adopt }
  - { id: trial, name: Trial }
  - { id: hold, name: Hold }
quadrants:
  - { id: languages, name: Languages }
  - { id: platforms, name: Platforms }
  - { id: tools, name: Tools }
  - { id: techniques, name: Techniques }
entries:
  - { id: rust, key: rust, title: Rust, quadrant: languages, timeline: [{ date: 2026-01-10, ringId: adopt, moved: 1, description: For services. }] }
  - { id: helm, key: helm, title: Helm, quadrant: platforms, timeline: [{ date: 2025-11-02, ringId: trial }] }
  - { id: jquery, key: jquery, title: jQuery, quadrant: tools, timeline: [{ date: 2025-03-20, ringId: hold, moved: -1 }] }
`;

/** Has the portal configured with a radar that lies elsewhere, which answers so. */
function configured(config, answer) {
  return async page => {
    await page.route('**/tech-radar', async route => {
      const response = await route.fetch();
      const extensions = `"extensions":[${JSON.stringify({ 'page:tech-radar': { config } })},`;
      await route.fulfill({ response, body: (await response.text()).replace('"extensions":[', extensions) });
    });
    await page.route(`**${ADDRESS}`, route => route.fulfill(answer));
  };
}

/** Answers for one entity in place of the catalog. */
function held(entity) {
  return async page => {
    await configured({ entity: 'resource:default/radar' })(page);
    await page.route(/\/api\/catalog\/entities\/by-(name\/resource\/default\/radar|refs)/, route =>
      route.fulfill({ json: route.request().method() === 'POST' ? { items: [entity] } : entity }),
    );
  };
}

const shown = async page => {
  await page.getByRole('group', { name: /^Radar with 3 / }).waitFor();
  await page.getByRole('button', { name: /Rust/ }).first().waitFor();
};

describe('a radar of an address', () => {
  inEveryLook('radar-address', '/tech-radar', shown, { prepare: configured({ url: ADDRESS, heading: 'Radar of Acme' }, { body: RADAR }) });

  it('that cannot be had says why, and what to do', async () => {
    const prepare = configured({ url: ADDRESS }, { status: 503, json: { error: { name: 'ServiceUnavailableError', message: 'Down for an hour' } } });
    await withPage(
      '/tech-radar',
      async page => {
        await page.getByRole('alert').getByText('Down for an hour').waitFor();
        await page.getByRole('button', { name: 'Try again' }).waitFor();
        await assertAccessible(page);
        await screenshot(page, 'radar-unavailable');
      },
      { prepare, expectedErrors: /status of 503/ },
    );
  });

  it('that is wrong says where', async () => {
    const prepare = configured({ url: ADDRESS }, { body: RADAR.replace('ringId: trial', 'ringId: tryout') });
    await withPage(
      '/tech-radar',
      async page => {
        await page.getByRole('alert').getByText(/entries.*1.*timeline.*0.*ringId/).waitFor();
        await assertAccessible(page);
        await screenshot(page, 'radar-wrong');
      },
      { prepare },
    );
  });
});

describe('a radar of an entity', () => {
  const entity = { apiVersion: 'backstage.io/v1alpha1', kind: 'Resource', metadata: { name: 'radar', namespace: 'default' } };

  it('is drawn from its text', async () => {
    await withPage('/tech-radar', shown, { prepare: held({ ...entity, spec: { radar: RADAR } }) });
  });

  it('without a radar says what is missing', async () => {
    await withPage(
      '/tech-radar',
      async page => {
        await page.getByRole('alert').waitFor();
        await settled(page);
        await screenshot(page, 'radar-entity-empty');
      },
      { prepare: held({ ...entity, spec: {} }) },
    );
  });
});
