import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFetchApi } from './apis/implementations/fetch/createFetchApi';
import { FetchMiddlewares } from './apis/implementations/fetch/FetchMiddlewares';
import { loadConfig } from './app/config/loadConfig';
import { beginEarly, type EarlyPage } from './begin';
import { beginEntry, takeEntry } from './signIn/quietEntry';

const network = vi.fn<(input: string | Request, init?: RequestInit) => Promise<Response>>();
const session = () => Response.json({ profile: {}, backstageIdentity: { token: 'h.e.s', identity: { type: 'user', userEntityRef: 'user:default/guest', ownershipEntityRefs: [] } } });
const pages: EarlyPage[] = [
  {
    extension: 'page:catalog',
    address: /^\/catalog\/([^/]+)$/,
    heading: ([, name], { suffix = '' }) => ({ text: `${name}${suffix}`, isNested: true }),
    request: ([, name]) => ({ path: `/api/catalog/${name}` }),
    answered: answer => ({ title: `The ${String(answer)}` }),
  },
  { extension: 'page:wanted', address: /^\/wanted\/([^/]+)$/, request: ([, name]) => ({ path: '/api/catalog/by-refs', body: { refs: [name] } }) },
];
const asked = () => network.mock.calls.map(([input]) => (input instanceof Request ? input.url : input).replace(window.location.origin, ''));

/** Puts configuration into the page, as the gateway does. */
function configure(data: object) {
  document.head.insertAdjacentHTML('beforeend', `<script type="backstage.io/config">${JSON.stringify([{ context: 'app-config', data }])}</script>`);
}

/** The fetch of the app that starts later. */
function fetchOfApp() {
  beginEntry(loadConfig({}));
  const identity = takeEntry();
  const identityApi = {
    getCredentials: async () => {
      const entry = await identity;
      return entry && 'identity' in entry ? entry.identity.getCredentials() : {};
    },
  };
  return createFetchApi({ middleware: FetchMiddlewares.injectIdentityAuth({ identityApi, urlPrefixAllowlist: [window.location.origin] }) });
}

describe('before the app is there', () => {
  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
    network.mockReset();
    vi.stubGlobal('fetch', network);
    network.mockImplementation(async input => (String(input).endsWith('/refresh') ? session() : Response.json('shop')));
    window.history.replaceState(undefined, '', '/catalog/shop');
  });
  afterEach(() => document.head.querySelector('[type="backstage.io/config"]')?.remove());

  it('a guest is let in and the page read, each once, and the app takes both over', async () => {
    beginEarly(pages);
    const { fetch } = fetchOfApp();
    const url = `${window.location.origin}/api/catalog/shop`;
    expect(await (await fetch(url)).json()).toBe('shop');
    expect(asked()).toEqual(['/api/auth/guest/refresh', '/api/catalog/shop']);
    expect(new Headers(network.mock.calls[1]?.[1]?.headers).get('authorization')).toBe('Bearer h.e.s');
    // The next one who asks wants to know what is now.
    await fetch(url);
    expect(asked()).toHaveLength(3);
  });

  it('what is asked for with a body is for who asks with the same', async () => {
    window.history.replaceState(undefined, '', '/wanted/shop');
    beginEarly(pages);
    const { fetch } = fetchOfApp();
    const ask = async (name: string) =>
      (await fetch(`${window.location.origin}/api/catalog/by-refs`, { method: 'POST', body: JSON.stringify({ refs: [name] }) })).json();
    expect(await ask('cart')).toBe('shop');
    expect(asked()).toHaveLength(3);
    expect(network.mock.calls[1]?.[1]).toMatchObject({ method: 'POST', body: '{"refs":["shop"]}' });
    await ask('shop');
    expect(asked()).toHaveLength(3);
    await ask('shop');
    expect(asked()).toHaveLength(4);
  });

  it('nothing is read where the address is another, and nobody let in who has left', async () => {
    window.history.replaceState(undefined, '', '/elsewhere');
    beginEarly(pages);
    await vi.waitFor(() => expect(asked()).toEqual(['/api/auth/guest/refresh']));
    network.mockClear();
    localStorage.setItem('callboard.signIn.left', '1');
    window.history.replaceState(undefined, '', '/catalog/shop');
    beginEarly(pages);
    expect(asked()).toEqual([]);
  });

  it('it is known what the page is called, by its address below the app and what configuration says of it', () => {
    window.history.replaceState(undefined, '', '/portal/catalog/shop');
    expect(beginEarly(pages).heading).toBeUndefined();
    configure({ app: { baseUrl: 'http://portal.test/portal', extensions: ['page:wanted', { 'page:catalog': { config: { suffix: '!' } } }] } });
    expect(beginEarly(pages).heading).toEqual({ text: 'shop!', isNested: true });
    window.history.replaceState(undefined, '', '/portal/wanted/shop');
    expect(beginEarly(pages).heading).toBeUndefined();
  });

  it('what the portal answers is told, and the app gets the same', async () => {
    const { answer } = beginEarly(pages);
    expect(await answer).toEqual({ title: 'The shop' });
    expect(await (await fetchOfApp().fetch(`${window.location.origin}/api/catalog/shop`)).json()).toBe('shop');
    expect(asked()).toHaveLength(2);
  });

  it.each([
    ['is refused', () => Response.json('shop', { status: 403 })],
    ['is nonsense', () => new Response('{')],
    ['does not come', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('nothing is told where the answer %s', async (_, respond) => {
    network.mockImplementation(async input => (String(input).endsWith('/refresh') ? session() : respond()));
    expect(await beginEarly(pages).answer).toBeUndefined();
  });

  it('nothing is said of a page to who has to sign in first', () => {
    localStorage.setItem('callboard.signIn.left', '1');
    expect(beginEarly(pages)).toEqual({});
    localStorage.removeItem('callboard.signIn.left');
    configure({ auth: { providers: { guest: {}, github: {} } } });
    expect(beginEarly(pages)).toEqual({});
    expect(network).not.toHaveBeenCalled();
  });

  it.each([
    ['leaves out', { 'page:catalog': false }],
    ['moves', { 'page:catalog': { config: { path: '/software' } } }],
  ])('nothing is known of a page that configuration %s', async (_, extension) => {
    configure({ app: { extensions: [extension] } });
    expect(beginEarly(pages)).toEqual({});
    await vi.waitFor(() => expect(asked()).toEqual(['/api/auth/guest/refresh']));
  });

  it('what did not come is asked for by the app', async () => {
    network.mockImplementation(async input => {
      if (String(input).endsWith('/refresh')) {
        return session();
      }
      return input instanceof Request ? Response.json('shop') : Promise.reject(new TypeError('Failed to fetch'));
    });
    beginEarly(pages);
    const response = await fetchOfApp().fetch(`${window.location.origin}/api/catalog/shop`);
    expect(await response.json()).toBe('shop');
  });

  it('a configuration that cannot be read is the app to tell', () => {
    document.head.insertAdjacentHTML('beforeend', '<script type="backstage.io/config">{</script>');
    expect(() => beginEarly(pages)).not.toThrow();
    expect(network).not.toHaveBeenCalled();
  });
});
