import { accessibilityViolations, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { api, renderDefinition } from './definition.fixture';
import { basic, bearer, credentialsFor } from './lib/authorisation';
import { readOpenApi } from './lib/openApi';
import type { Requirement } from './lib/security';

const SERVER = 'https://orders.example';
const LOGIN = 'https://login.example';

/** A definition of one operation, `GET /orders`, with some ways to authorise, each of which is enough. */
function definition(securitySchemes: object): string {
  const security = Object.keys(securitySchemes).map(name => ({ [name]: name === 'oauth' ? ['read'] : [] }));
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Orders' },
    servers: [{ url: SERVER }],
    paths: { '/orders': { get: { summary: 'All orders', security } }, '/health': { get: { summary: 'Health', security: [] } } },
    components: { securitySchemes },
  });
}

/** Shows a definition with a route to its server. Answers what was sent, with its headers. */
async function show(securitySchemes: object, config = {}) {
  const backend = startMockBackend();
  const sent: Request[] = [];
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    sent.push(input instanceof Request ? input.clone() : new Request(new URL(String(input), 'http://localhost'), init));
    return backend.fetch(input, init);
  });
  backend.override(/\/api\/proxy\//, () => Response.json({ done: true }));
  const shown = api('openapi', definition(securitySchemes));
  const next = { ...shown, metadata: { ...shown.metadata, name: 'other' } };
  renderDefinition(shown, { servers: { [SERVER]: '/orders-api' }, ...config }, next);
  await screen.findByRole('button', { name: /GET.*All orders/ });
  return { backend, sentTo: (path: string) => sent.find(({ url }) => url.includes(path)) };
}

async function authorise(scheme: string) {
  fireEvent.click(screen.getAllByRole('button', { name: 'Authorise' })[0] as HTMLElement);
  return within(await screen.findByRole('region', { name: `Authorisation by ${scheme}` }));
}

async function send(operation = /GET.*All orders/) {
  fireEvent.click(screen.getByRole('button', { name: operation }));
  fireEvent.click(await screen.findByRole('button', { name: 'Try it' }));
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await screen.findByRole('region', { name: 'Answer' });
}

async function closeDialog() {
  fireEvent.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
}

describe('what a person gives', () => {
  it('goes along with the operations that want it, and with no other', async () => {
    const { sentTo } = await show({ token: { type: 'http', scheme: 'bearer', description: 'From the **console**.' } });
    const form = await authorise('token');
    expect(await accessibilityViolations(screen.getByRole('dialog'))).toEqual([]);
    fireEvent.change(form.getByLabelText('Token'), { target: { value: ' t0ken ' } });
    fireEvent.click(form.getByRole('button', { name: 'Use' }));
    expect(form.getByText('given')).toBeTruthy();
    expect(document.activeElement, 'the focus stays where the button was').toBe(screen.getByRole('region', { name: 'Authorisation by token' }));
    fireEvent.keyDown(document.activeElement as Element, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await send();
    expect(screen.getByText(/token given/)).toBeTruthy();
    expect(sentTo('/orders-api/orders')?.headers.get('authorization')).toBe('Bearer t0ken');
    await send(/GET.*Health/);
    expect(sentTo('/orders-api/health')?.headers.get('authorization')).not.toContain('t0ken');
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('t0ken');

    const again = await authorise('token');
    fireEvent.click(again.getByRole('button', { name: 'Forget' }));
    expect(again.getByLabelText('Token')).toHaveProperty('value', '');
  });

  it('is a key where the API has keys', async () => {
    const { sentTo } = await show({ key: { type: 'apiKey', in: 'query', name: 'api_key' } });
    const form = await authorise('key');
    fireEvent.change(form.getByLabelText('Value of api_key'), { target: { value: 'a&b' } });
    fireEvent.click(form.getByRole('button', { name: 'Use' }));
    await closeDialog();
    await send();
    expect(new URL(sentTo('/orders-api/orders')?.url ?? '').searchParams.get('api_key')).toBe('a&b');
  });

  it('is a user and a password where the API has users', async () => {
    const { sentTo } = await show({ login: { type: 'http', scheme: 'basic' } });
    const form = await authorise('login');
    fireEvent.change(form.getByLabelText('User'), { target: { value: 'Zoë' } });
    fireEvent.change(form.getByLabelText('Password'), { target: { value: 'p:w' } });
    fireEvent.click(form.getByRole('button', { name: 'Use' }));
    await closeDialog();
    await send();
    const value = sentTo('/orders-api/orders')?.headers.get('authorization')?.replace('Basic ', '') ?? '';
    expect(new TextDecoder().decode(Uint8Array.from(atob(value), letter => letter.charCodeAt(0)))).toBe('Zoë:p:w');
  });

  it('that cannot be sent is not asked for', async () => {
    await show({ session: { type: 'apiKey', in: 'cookie', name: 'sid' }, certificate: { type: 'mutualTLS' } });
    const form = await authorise('session');
    expect(form.getByText(/the cookie sid/)).toBeTruthy();
    expect(screen.getByText('The portal cannot authorise by mutualTLS.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use' })).toBeNull();
  });

  it('and that the portal took for a sign-in to itself, is said to be a matter of the route', async () => {
    const { backend } = await show({ token: { type: 'http', scheme: 'bearer' } });
    backend.override(/\/api\/proxy\//, () => Response.json({ error: { name: 'AuthenticationError', message: 'Illegal token' } }, { status: 401 }));
    const form = await authorise('token');
    fireEvent.change(form.getByLabelText('Token'), { target: { value: 't0ken' } });
    fireEvent.click(form.getByRole('button', { name: 'Use' }));
    await closeDialog();
    await send();
    expect(screen.getByRole('region', { name: 'The portal kept this request' }).textContent).toContain('/orders-api');
    backend.override(/\/api\/proxy\//, () => Response.json({ message: 'Who are you?' }, { status: 401 }));
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(await screen.findByRole('region', { name: 'The API may not have got the authorisation' })).toBeTruthy();
  });
});

it('what a person gave stays while they look at the source, and is not given to another API', async () => {
  const { sentTo } = await show({ token: { type: 'http', scheme: 'bearer' } });
  const form = await authorise('token');
  fireEvent.change(form.getByLabelText('Token'), { target: { value: 't0ken' } });
  fireEvent.click(form.getByRole('button', { name: 'Use' }));
  await closeDialog();
  fireEvent.click(screen.getByRole('button', { name: 'Source' }));
  fireEvent.click(screen.getByRole('button', { name: 'Operations' }));
  await send();
  expect(sentTo('/orders-api/orders')?.headers.get('authorization')).toBe('Bearer t0ken');
  expect(screen.getByText(/token given/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Next API' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Try it' }));
  expect(screen.getByText('Needs')).toBeTruthy();
  expect(screen.queryByText(/token given/)).toBeNull();
});

describe('a token of OAuth 2', () => {
  const code = { authorizationCode: { authorizationUrl: `${LOGIN}/authorize?tenant=a`, tokenUrl: `${LOGIN}/token`, scopes: { read: 'Read orders' } } };

  /** Has windows opened that stay empty. Answers where the last was led, and as that window. */
  function stubPopup() {
    vi.stubGlobal('isSecureContext', true);
    const popup = Object.assign(new EventTarget(), { closed: false, close: vi.fn(), location: { replace: vi.fn<(url: string) => void>() } });
    vi.stubGlobal('open', () => popup);
    const answer = (parameters: Record<string, string>, origin = window.location.origin, source: unknown = popup) =>
      fireEvent(window, new MessageEvent('message', { origin, source: source as Window, data: { type: 'api-docs-oauth2-answer', answer: new URLSearchParams(parameters).toString() } }));
    const ledTo = async () => {
      await waitFor(() => expect(popup.location.replace).toHaveBeenCalled());
      return new URL(popup.location.replace.mock.lastCall?.[0] ?? '').searchParams;
    };
    return { popup, answer, ledTo };
  }

  it('is asked for in a window of the provider, with a proof that it was asked for here', async () => {
    const { answer, ledTo } = stubPopup();
    const { backend, sentTo } = await show({ oauth: { type: 'oauth2', flows: { ...code, implicit: {} } } }, { clientIds: { [code.authorizationCode.tokenUrl]: 'portal' } });
    backend.override(/login\.example|\/token/, () => Response.json({ access_token: 'acc3ss' }));
    const form = await authorise('oauth');
    expect(form.getByLabelText('Client id')).toHaveProperty('value', 'portal');
    expect(form.getByRole('checkbox', { name: 'read: Read orders' })).toHaveProperty('checked', true);
    fireEvent.click(form.getByRole('button', { name: 'Get a token' }));
    const asked = await ledTo();
    expect(Object.fromEntries(asked)).toMatchObject({ tenant: 'a', response_type: 'code', client_id: 'portal', scope: 'read', code_challenge_method: 'S256' });
    expect(asked.get('redirect_uri')).toMatch(/\/api-docs\/oauth2-redirect\.html$/);

    // Neither another site nor another window is believed.
    answer({ code: 'theirs', state: asked.get('state') ?? '' }, 'https://evil.example');
    answer({ code: 'theirs', state: asked.get('state') ?? '' }, window.location.origin, window);
    answer({ code: 'c0de', state: asked.get('state') ?? '' });
    expect(await form.findByText('given')).toBeTruthy();
    const request = sentTo('/token') as Request;
    expect(request.url).toBe(`${LOGIN}/token`);
    expect(request.headers.get('authorization')).toBeNull();
    const body = new URLSearchParams(await request.text());
    expect(Object.fromEntries(body)).toMatchObject({ grant_type: 'authorization_code', code: 'c0de', client_id: 'portal', redirect_uri: asked.get('redirect_uri') });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body.get('code_verifier') ?? '')));
    expect(Buffer.from(digest).toString('base64url')).toBe(asked.get('code_challenge'));

    await closeDialog();
    await send();
    expect(sentTo('/orders-api/orders')?.headers.get('authorization')).toBe('Bearer acc3ss');
  });

  async function ask(scheme: object, config = {}) {
    const window = stubPopup();
    const shown = await show({ oauth: scheme }, config);
    const form = await authorise('oauth');
    fireEvent.change(form.getByLabelText('Client id'), { target: { value: 'portal' } });
    return { ...window, ...shown, form, submit: () => fireEvent.click(form.getByRole('button', { name: 'Get a token' })) };
  }

  it.each([
    ['is not taken from an answer to another request', { code: 'c', state: 'other' }, 'The answer belongs to another request'],
    ['is not there when the provider refuses', { error: 'access_denied', error_description: 'Not you' }, 'The provider says: Not you'],
  ])('%s', async (_, answered, said) => {
    const { answer, ledTo, submit, form, popup, sentTo } = await ask({ type: 'oauth2', flows: code });
    submit();
    const state = (await ledTo()).get('state') ?? '';
    answer({ state, ...answered } as Record<string, string>);
    expect((await form.findByRole('alert')).textContent).toContain(said);
    expect(popup.close).toHaveBeenCalled();
    expect(sentTo('/token')).toBeUndefined();
  });

  it('is no reason to run a script of the definition', async () => {
    const { submit, form, popup } = await ask({ type: 'oauth2', flows: { implicit: { authorizationUrl: 'javascript:alert(1)' } } });
    submit();
    expect((await form.findByRole('alert')).textContent).toContain('javascript:alert(1)');
    expect(popup.location.replace).not.toHaveBeenCalled();
  });

  it('is in the answer itself where the API knows nothing better', async () => {
    const { answer, ledTo, submit, form } = await ask({ type: 'oauth2', flows: { implicit: { authorizationUrl: `${LOGIN}/authorize` } } });
    submit();
    const asked = await ledTo();
    expect(asked.get('response_type')).toBe('token');
    answer({ access_token: 'acc3ss', state: asked.get('state') ?? '' });
    expect(await form.findByText('given')).toBeTruthy();
  });

  it('is got from where OpenID Connect says, through a route of the proxy where there is one', async () => {
    const { answer, ledTo, submit, form, backend, sentTo } = await ask(
      { type: 'openIdConnect', openIdConnectUrl: `${LOGIN}/.well-known/openid-configuration` },
      { servers: { [SERVER]: '/orders-api', [LOGIN]: '/login' } },
    );
    backend.override(/\/proxy\/login\/\.well-known/, () => Response.json({ authorization_endpoint: `${LOGIN}/authorize`, token_endpoint: `${LOGIN}/token` }));
    backend.override(/\/proxy\/login\/token/, () => Response.json({ access_token: 'acc3ss' }));
    submit();
    const asked = await ledTo();
    expect(asked.get('scope')).toBe('openid read');
    answer({ code: 'c', state: asked.get('state') ?? '' });
    expect(await form.findByText('given')).toBeTruthy();
    expect(sentTo('/api/proxy/login/token')).toBeTruthy();
  });

  it('is given to programs without a window; a provider that browsers cannot ask is told apart', async () => {
    const { submit, form, backend } = await ask({ type: 'oauth2', flows: { clientCredentials: { tokenUrl: `${LOGIN}/token` } } });
    fireEvent.change(form.getByLabelText('Client secret'), { target: { value: 's3cret' } });
    backend.override(/\/token/, () => Promise.reject(new TypeError('Failed to fetch')));
    submit();
    expect((await form.findByRole('alert')).textContent).toContain('connect-src');
    backend.override(/grant_type=client_credentials.*client_id=portal&client_secret=s3cret/, () => Response.json({ access_token: 'acc3ss' }));
    submit();
    expect(await form.findByText('given')).toBeTruthy();
  });
});

describe('what a definition says of authorising', () => {
  it('is read from Swagger 2 as well', () => {
    const { securitySchemes, operations } = readOpenApi({
      swagger: '2.0',
      host: 'orders.example',
      security: [{ login: [] }],
      securityDefinitions: {
        login: { type: 'basic' },
        oauth: { type: 'oauth2', flow: 'accessCode', authorizationUrl: '/authorize', tokenUrl: '/token', scopes: { read: 'Read' } },
      },
      paths: { '/a': { get: {}, post: { security: [{ oauth: ['read'] }] } } },
    });
    expect(securitySchemes).toMatchObject([
      { name: 'login', type: 'basic' },
      { name: 'oauth', type: 'oauth2', flows: [{ kind: 'authorizationCode', authorizationUrl: 'https://orders.example/authorize', scopes: { read: 'Read' } }] },
    ]);
    expect(operations.map(({ security }) => security)).toEqual([[{ login: [] }], [{ oauth: ['read'] }]]);
  });

  it('is met by the first of its requirements of which everything was given', () => {
    const security: Requirement[] = [{ token: [], key: [] }, { login: [] }];
    const given = { token: bearer('t'), login: basic('a', 'b') };
    expect(credentialsFor(security, given)).toEqual([given.login]);
    expect(credentialsFor(security, { token: given.token })).toBeUndefined();
    expect(credentialsFor([], given)).toEqual([]);
    expect(credentialsFor([{}, { token: [] }], {})).toEqual([]);
    expect(credentialsFor([{}, { token: [] }], given), 'what was given is used where nothing is enough').toEqual([given.token]);
  });
});
