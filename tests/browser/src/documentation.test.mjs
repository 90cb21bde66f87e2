// The pictures of the documentation. They are taken only when CALLBOARD_DOCUMENTATION_PICTURES is set: an ordinary run changes no
// file of the repository. One alone: node --test --test-name-pattern=entity src/documentation.test.mjs
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { request, settled, url, useBrowser, withPage } from './portal.mjs';
import { startTraffic } from './traffic.mjs';

useBrowser();

const wanted = Boolean(process.env.CALLBOARD_DOCUMENTATION_PICTURES);
const FOLDER = join(import.meta.dirname, '../../../docs/images');
const VIEWPORT = { width: 1280, height: 800 };

/** Takes the picture of a page once `ready` has led it to what is to be seen. */
function picture(name, path, ready, options = {}) {
  it(name, { skip: !wanted }, async () => {
    await withPage(
      typeof path === 'function' ? await path() : path,
      async page => {
        await ready(page);
        await settled(page);
        mkdirSync(FOLDER, { recursive: true });
        await page.screenshot({ path: join(FOLDER, `${name}.png`) });
      },
      { viewport: VIEWPORT, ...options },
    );
  });
}

/** The audit of a website of the portal itself, made anew. */
async function audited() {
  const options = { formFactor: 'DESKTOP', throttling: 'NONE' };
  const { id } = await (await request('POST', '/api/lighthouse/v2/audits', { url: `${url}/api/docs`, options })).json();
  return `/lighthouse/audit/${id}`;
}

describe('pictures of the documentation', () => {
  let traffic;
  before(async () => {
    traffic = wanted ? await startTraffic('/payments') : undefined;
  });
  after(() => traffic?.stop());

  picture('catalog', '/catalog?list=all', page => page.getByRole('table').getByRole('link', { name: 'Web shop' }).waitFor());
  picture('entity', '/catalog/default/component/order-service', async page => {
    await page.getByRole('region', { name: 'About' }).waitFor();
    // Where its file lies on this machine is nobody's business.
    await page.getByRole('region', { name: 'Annotations' }).evaluate(card => card.remove());
  });
  picture('api', '/catalog/default/api/basket/definition', page => page.getByRole('button', { name: /^(GET|POST)/ }).first().click());
  picture('graph', '/catalog-graph?rootEntityRefs[]=component:default/web-shop&maxDepth=2', page =>
    page.getByRole('group', { name: /^Graph around/ }).waitFor(),
  );
  picture('search', '/search?q=order', page => page.getByRole('link', { name: /order/i }).first().waitFor());
  picture('tech-radar', '/tech-radar', page => page.getByRole('group', { name: /^Radar with/ }).waitFor());
  picture('circleci', '/catalog/default/component/web-shop/ci-cd', page => page.getByText('Pipeline #45').waitFor());
  picture('lighthouse', audited, async page => {
    await page.getByTitle(/^Lighthouse report of/).waitFor({ timeout: 180_000 });
    await page.frameLocator('iframe').getByText('Accessibility').filter({ visible: true }).first().waitFor();
  });
  // Last, so that there is something to be seen of what goes through the endpoint.
  picture('admin', () => traffic.page(), async page => {
    await page.getByRole('button', { name: 'Hour', exact: true }).click();
    await page.getByRole('slider').first().waitFor();
  });
});
