import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { assertAccessible, screenshot, settled, url, useBrowser, withPage } from '../src/portal.mjs';

const PROVIDER = join(import.meta.dirname, '../../identity-provider');
let provider;

before(async () => {
  provider = spawn('node', ['server.mjs', `${url}/api/auth/oidc/handler/frame`, process.env.CALLBOARD_IDENTITY_PORT], {
    cwd: PROVIDER,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: provider.stdout })) {
    if (line.startsWith('http://')) {
      break;
    }
  }
});
after(() => provider.kill());
useBrowser();

// What a page asks for before anybody is known is refused, and browsers write that down.
const BEFORE_SIGNING_IN = { expectedErrors: /status of 401/ };

async function signIn(page) {
  const popup = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  const window = await popup;
  if (!window.isClosed()) {
    await window.waitForEvent('close');
  }
}

describe('signing in at a provider', () => {
  it('lets a person in through a popup, keeps them in, and lets them out', async () => {
    await withPage(
      '/settings',
      async page => {
        await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
        await assertAccessible(page);
        await screenshot(page, 'sign-in');
        await signIn(page);
        await page.getByText('user:default/amelia.hart').first().waitFor();
        await settled(page);
        await screenshot(page, 'signed-in');

        // A new page comes in without a question, by the cookie of the session alone.
        await page.goto(`${url}/catalog`);
        await page.getByRole('table').first().waitFor();
        const cookies = await page.context().cookies();
        const session = cookies.find(({ name }) => name === 'oidc-refresh-token');
        assert.ok(session?.httpOnly && !(await page.evaluate(() => document.cookie)).includes('oidc'), 'scripts do not see it');

        await page.getByRole('button', { name: /Signed in as .*amelia\.hart/ }).click();
        // The session here is over, and the provider is asked to end its own, which it has people confirm, on a page with a font
        // from elsewhere.
        await page.route('https://fonts.googleapis.com/**', route => route.fulfill({ body: '', contentType: 'text/css' }));
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await page.waitForURL(/\/session\/end\?/);
        await page.goto(`${url}/catalog`);
        await page.getByRole('button', { name: 'Sign in with Acme ID' }).waitFor();
        const left = await page.context().cookies();
        assert.deepEqual(left.filter(({ name }) => /oidc-refresh-token|backstage-auth/.test(name)), []);
        await page.reload();
        await page.getByRole('button', { name: 'Sign in with Acme ID' }).waitFor();
      },
      BEFORE_SIGNING_IN,
    );
  });

  it('says so when the window is closed, and lets one try again', async () => {
    await withPage(
      '/catalog',
      async page => {
        // A provider that is never done with.
        await page.context().route('**/api/auth/oidc/start?*', route => route.fulfill({ body: '<p>A provider</p>', contentType: 'text/html' }));
        const popup = page.waitForEvent('popup');
        await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
        await (await popup).close();
        await page.getByText('You could not be signed in').waitFor();
        await assertAccessible(page);
        await page.context().unrouteAll();
        await signIn(page);
        await page.getByRole('table').first().waitFor();
      },
      BEFORE_SIGNING_IN,
    );
  });
});
