import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { useFiles } from './files.mjs';
import { assertAccessible, entityIsThere, PHONE, request, screenshot, settled, useBrowser, withPage } from './portal.mjs';

useBrowser();

const run = Date.now().toString(36);
/** What `app-config.yaml` has routes of the proxy for, and where they lead. */
const PARTNER = 'https://partner.example';
const STRICT = 'https://strict.partner.example';
const CODE = `code-${run}`;
const TOKEN = `token-${run}`;

const fileUrl = useFiles({
  '/api.yaml': `apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: partner-${run}, title: Partner }
spec:
  type: openapi
  lifecycle: production
  owner: checkout
  definition: |
    openapi: 3.1.0
    info: { title: Partner, description: 'Says who asks.' }
    servers: [{ url: ${PARTNER} }, { url: ${STRICT} }]
    security: [{ login: [profile] }, { key: [] }]
    paths: { /me: { get: { summary: Who asks, responses: {} } } }
    components:
      securitySchemes:
        login:
          type: oauth2
          description: A token of the partner’s.
          flows:
            authorizationCode: { authorizationUrl: ${PARTNER}/authorize, tokenUrl: ${PARTNER}/token, scopes: { profile: Your name, orders: Your orders } }
        key: { type: apiKey, in: header, name: X-Partner-Key }
        session: { type: apiKey, in: cookie, name: sid }
`,
});

/** A partner with an API that wants to know who asks, and tokens for that. */
const partner = createServer((asked, answer) => {
  const chunks = [];
  asked.on('data', chunk => chunks.push(chunk));
  asked.on('end', () => {
    const { status, body } = answerOf(asked, new URLSearchParams(Buffer.concat(chunks).toString()));
    answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
});

function answerOf({ url, headers }, form) {
  if (url === '/token') {
    const isRight = form.get('code') === CODE && form.get('code_verifier')?.length > 40 && form.get('client_id') === 'portal';
    return isRight ? { status: 200, body: { access_token: TOKEN, token_type: 'bearer' } } : { status: 400, body: { error: 'invalid_grant' } };
  }
  return headers.authorization === `Bearer ${TOKEN}` ? { status: 200, body: { name: 'Ada' } } : { status: 401, body: { got: headers.authorization ?? 'nothing' } };
}

/** The partner's page where people say yes, which leads back at once. */
async function servePartnersPage(page) {
  await page.context().route(`${PARTNER}/authorize?**`, route => {
    const asked = new URL(route.request().url()).searchParams;
    const back = new URLSearchParams({ code: CODE, state: asked.get('state') });
    return route.fulfill({ status: 302, headers: { location: `${asked.get('redirect_uri')}?${back}` } });
  });
}

async function openOperation(page) {
  await page.getByRole('button', { name: /GET.*Who asks/ }).click();
  await page.getByRole('button', { name: 'Try it' }).click();
}

describe('trying an operation', () => {
  const path = `/catalog/default/api/partner-${run}/definition`;

  before(async () => {
    const port = process.env.CALLBOARD_PARTNER_PORT;
    assert.ok(port, 'CALLBOARD_PARTNER_PORT is not set: the port that app-config.yaml leads the proxy to');
    // Fails with the reason when the port is taken.
    await once(partner.listen(port, '127.0.0.1'), 'listening');
    await request('POST', '/api/catalog/locations', { type: 'url', target: fileUrl('/api.yaml') });
    await entityIsThere(`partner-${run}`);
  });
  after(() => partner.close());

  it('is done as oneself, with a token that the partner gives for it', async () => {
    await withPage(
      path,
      async page => {
        await openOperation(page);
        await page.getByRole('button', { name: 'Send' }).click();
        // Nothing of the portal's own goes there.
        await page.getByRole('region', { name: 'Answer' }).getByText('"nothing"').waitFor();
        await screenshot(page, 'try-it-refused');
        await page.getByRole('button', { name: 'Authorise' }).last().click();
        const form = page.getByRole('region', { name: 'Authorisation by login' });
        await form.getByRole('textbox', { name: 'Client id' }).waitFor();
        assert.equal(await form.getByRole('textbox', { name: 'Client id' }).inputValue(), 'portal');
        await assertAccessible(page);
        await screenshot(page, 'try-it-authorise');
        await form.getByRole('button', { name: 'Get a token' }).click();
        await form.getByText('given', { exact: true }).waitFor();
        await screenshot(page, 'try-it-authorised');
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByRole('region', { name: 'Answer' }).getByText('"Ada"').waitFor();
        await settled(page);
        await assertAccessible(page);
        await screenshot(page, 'try-it-answered');
        assert.ok(!JSON.stringify(await page.context().storageState()).includes(TOKEN), 'the token is kept nowhere');
      },
      { prepare: servePartnersPage, expectedErrors: /401/ },
    );
  });

  const looks = [
    ['dark', { colorScheme: 'dark', viewport: { width: 1280, height: 800 } }],
    ['phone', { viewport: PHONE }],
    ['phone-dark', { viewport: PHONE, colorScheme: 'dark' }],
  ];
  for (const [look, options] of looks) {
    it(`asks who one is: ${look}`, async () => {
      await withPage(
        path,
        async page => {
          await openOperation(page);
          await page.getByRole('button', { name: 'Authorise' }).last().click();
          await page.getByRole('region', { name: 'Authorisation by session' }).waitFor();
          await assertAccessible(page);
          await screenshot(page, `try-it-authorise-${look}`);
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
          await screenshot(page, `try-it-${look}`);
        },
        options,
      );
    });
  }

  it('says so where the portal keeps what an API is to learn', async () => {
    await withPage(
      path,
      async page => {
        await openOperation(page);
        await page.getByRole('combobox', { name: 'Server' }).selectOption(STRICT);
        await page.getByRole('button', { name: 'Authorise' }).last().click();
        const form = page.getByRole('region', { name: 'Authorisation by login' });
        await form.getByRole('button', { name: 'Get a token' }).click();
        await form.getByText('given', { exact: true }).waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByRole('region', { name: 'The API may not have got the authorisation' }).waitFor();
        await assertAccessible(page);
        await screenshot(page, 'try-it-kept');

        // What a portal says where people have to sign in, which this one, for trying things out, does not ask of them.
        const json = { error: { name: 'AuthenticationError', message: 'Illegal token' } };
        await page.route('**/api/proxy/partner-strict/me', route => route.fulfill({ status: 401, json }));
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByRole('region', { name: 'The portal kept this request' }).waitFor();
        await assertAccessible(page);
        await screenshot(page, 'try-it-kept-by-portal');
      },
      { prepare: servePartnersPage, expectedErrors: /401/, viewport: PHONE, colorScheme: 'dark' },
    );
  });
});
