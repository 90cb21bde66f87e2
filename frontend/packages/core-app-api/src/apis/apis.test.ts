import { createApiFactory, createApiRef, type AnyApiFactory } from '@callboard/core-plugin-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../app/config/loadConfig';
import { GuestIdentity } from '../signIn/GuestIdentity';
import { ApiResolver } from './ApiResolver';
import { AlertForwarder } from './implementations/AlertForwarder';
import { ConfigReader } from './implementations/ConfigReader';
import { ErrorAlerter } from './implementations/ErrorAlerter';
import { createFetchApi } from './implementations/fetch/createFetchApi';
import { FetchMiddlewares } from './implementations/fetch/FetchMiddlewares';
import { LocalStorageFeatureFlags } from './implementations/LocalStorageFeatureFlags';
import { WebStorage } from './implementations/storage/WebStorage';

describe('ApiResolver', () => {
  const a = createApiRef<string>({ id: 'test.a' });
  const b = createApiRef<string>({ id: 'test.b' });
  const from = (owner: string, ...factories: AnyApiFactory[]) => [{ owner, factories }];

  it('makes an instance once, when it is asked for, of a reference with the same id', () => {
    const factory = vi.fn(() => 'made');
    const resolver = new ApiResolver(from('x', createApiFactory({ api: a, deps: {}, factory })));
    expect(factory).not.toHaveBeenCalled();
    expect([resolver.get(a), resolver.get(createApiRef<string>({ id: 'test.a' }))]).toEqual(['made', 'made']);
    expect(factory).toHaveBeenCalledTimes(1);
  });

  it('names the cycle of factories that need each other', () => {
    const resolver = new ApiResolver(
      from(
        'x',
        createApiFactory({ api: a, deps: { b }, factory: () => '' }),
        createApiFactory({ api: b, deps: { a }, factory: () => '' }),
      ),
    );
    expect(() => resolver.get(a)).toThrow('test.a → test.b → test.a');
  });

  it('names both ends of a missing dependency, and both owners of a conflict', () => {
    const needy = createApiFactory({ api: a, deps: { b }, factory: () => '' });
    expect(() => new ApiResolver(from('x', needy)).get(a)).toThrow('dependency test.b of test.a');
    const both = [...from('x', createApiFactory(a, '1')), ...from('y', createApiFactory(a, '2'))];
    expect(() => new ApiResolver(both)).toThrow('API test.a is provided by both x and y');
  });

  it('lets later layers win', () => {
    const resolver = new ApiResolver(from('x', createApiFactory(a, 'first')), from('y', createApiFactory(a, 'last')));
    expect(resolver.get(a)).toBe('last');
  });
});

describe('configuration', () => {
  it('merges sources, later ones over earlier ones', () => {
    const config = ConfigReader.fromConfigs([
      { context: 'a', data: { app: { title: 'One', list: [1] } } },
      { context: 'b', data: { app: { title: 'Two' } } },
    ]);
    expect(config.getString('app.title')).toBe('Two');
    expect(config.get('app.list')).toEqual([1]);
  });

  it('names the path of what is missing or of the wrong type', () => {
    const config = new ConfigReader({ app: { port: 'x', nested: { on: 1 } } });
    expect(() => config.getNumber('app.port')).toThrow("key 'app.port', got string, wanted number");
    expect(() => config.getConfig('app.nested').getBoolean('on')).toThrow("key 'app.nested.on', got number");
    expect(() => config.getString('app.title')).toThrow("Missing required config value at 'app.title'");
    expect(config.getOptionalString('app.title.deeper')).toBeUndefined();
  });

  it('names the source of what is of the wrong type', () => {
    const config = ConfigReader.fromConfigs([
      { context: 'app-config.yaml', data: { app: { port: 'x', list: [{ on: 1 }] } } },
      { context: 'app-config.local.yaml', data: { app: { title: 7 } } },
    ]);
    expect(() => config.getNumber('app.port')).toThrow("key 'app.port' in 'app-config.yaml', got string");
    expect(() => config.getConfig('app').getString('title')).toThrow("key 'app.title' in 'app-config.local.yaml', got number");
    expect(() => config.getConfigArray('app.list')[0]?.getBoolean('on')).toThrow("key 'app.list[0].on' in 'app-config.yaml', got number");
  });

  const page = (json: string) =>
    new DOMParser().parseFromString(`<script type="backstage.io/config">${json}</script>`, 'text/html');

  it('is read from the page over the defaults', () => {
    const config = loadConfig({ app: { title: 'Default' } }, page('[{"context":"x","data":{"app":{"title":"Acme"}}}]'));
    expect(config.getString('app.title')).toBe('Acme');
  });

  it('in the page must be JSON', () => {
    expect(() => loadConfig({}, page('nonsense'))).toThrow('The configuration in the page is not valid JSON');
  });

  it('follows the page to its host where app and backend share one', () => {
    const config = loadConfig({ app: { baseUrl: 'http://a:1/portal' }, backend: { baseUrl: 'http://a:1' } });
    expect(config.getString('backend.baseUrl')).toBe(window.location.origin);
    expect(config.getString('app.baseUrl')).toBe(`${window.location.origin}/portal`);
    const apart = loadConfig({ app: { baseUrl: 'http://a:1' }, backend: { baseUrl: 'http://b:2' } });
    expect(apart.getString('backend.baseUrl')).toBe('http://b:2');
  });
});

function token(expiresInSeconds: number) {
  const exp = Math.floor(Date.now() / 1000) + expiresInSeconds;
  return `h.${btoa(JSON.stringify({ exp }))}.s${expiresInSeconds}`;
}

describe('signing in and fetching', () => {
  const network = vi.fn<(request: Request | string, init?: RequestInit) => Promise<Response>>();
  beforeEach(() => {
    network.mockReset();
    vi.stubGlobal('fetch', network);
  });
  afterEach(() => vi.unstubAllGlobals());

  const session = (jwt: string) =>
    Response.json({
      profile: { displayName: 'Guest' },
      backstageIdentity: { token: jwt, identity: { type: 'user', userEntityRef: 'user:default/guest', ownershipEntityRefs: [] } },
    });

  it('asks for a token once, however many wait for it', async () => {
    network.mockImplementation(async () => session(token(3600)));
    const identity = new GuestIdentity('http://portal/api/auth');
    await Promise.all([identity.getCredentials(), identity.getProfileInfo(), identity.getBackstageIdentity()]);
    expect(network).toHaveBeenCalledTimes(1);
    expect(network.mock.calls[0]).toEqual([
      'http://portal/api/auth/guest/refresh',
      { headers: { 'x-requested-with': 'XMLHttpRequest' }, credentials: 'include' },
    ]);
  });

  it('renews a token before it runs out, and asks again after a refusal', async () => {
    network.mockImplementationOnce(async () => session(token(60)));
    network.mockImplementationOnce(async () => new Response(null, { status: 503 }));
    network.mockImplementationOnce(async () => session(token(7200)));
    const identity = new GuestIdentity('http://portal/api/auth');
    await identity.getCredentials();
    await expect(identity.getCredentials()).rejects.toThrow('The server answered 503');
    expect((await identity.getCredentials()).token).toMatch(/s7200$/);
  });

  const fetchApi = (forget = vi.fn()) =>
    createFetchApi({
      middleware: [
        FetchMiddlewares.clarifyFailures(),
        FetchMiddlewares.resolvePluginProtocol({ discoveryApi: { getBaseUrl: async id => `http://portal/api/${id}` } }),
        FetchMiddlewares.beginTrace({ backendUrl: 'http://portal' }),
        FetchMiddlewares.injectIdentityAuth({
          identityApi: { getCredentials: async () => ({ token: 'secret' }), forget },
          config: new ConfigReader({ backend: { baseUrl: 'http://portal' } }),
        }),
      ],
    });
  const sent = () => network.mock.calls.map(([request]) => request as Request);

  it('sends the token to the portal and to nobody else', async () => {
    network.mockImplementation(async () => new Response());
    const { fetch } = fetchApi();
    await fetch('http://portal/api/catalog/entities');
    await fetch('http://portal.evil.example/api/catalog');
    await fetch('http://portal:81/api/catalog');
    expect(sent().map(request => request.headers.get('authorization'))).toEqual(['Bearer secret', null, null]);
  });

  it('leaves the request of the caller as it was, without the token', async () => {
    network.mockImplementation(async () => new Response());
    const request = new Request('http://portal/api/catalog/entities');
    await fetchApi().fetch(request);
    expect(sent()[0]?.headers.get('authorization')).toBe('Bearer secret');
    expect([...request.headers.keys()]).toEqual([]);
  });

  it('begins a trace with each request to the portal, and leaves one that was begun', async () => {
    network.mockImplementation(async () => new Response());
    const { fetch } = fetchApi();
    await fetch('http://portal/api/a');
    await fetch('http://portal/api/b');
    await fetch('http://portal.evil.example/api/c');
    await fetch('http://portal/api/d', { headers: { traceparent: 'of the caller' } });
    const [first, second, ...others] = sent().map(request => request.headers.get('traceparent'));
    expect(first).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(second).not.toBe(first);
    expect(others).toEqual([null, 'of the caller']);
  });

  it('resolves addresses of plugins', async () => {
    network.mockImplementation(async () => new Response());
    await fetchApi().fetch('plugin://catalog/entities?limit=1');
    expect(sent()[0]?.url).toBe('http://portal/api/catalog/entities?limit=1');
  });

  it('names the address that cannot be reached, and passes on what else goes wrong', async () => {
    network.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await expect(fetchApi().fetch('plugin://catalog/x')).rejects.toThrow('Failed to fetch: GET plugin://catalog/x');
    network.mockRejectedValueOnce(new DOMException('aborted', 'AbortError'));
    await expect(fetchApi().fetch('plugin://catalog/x')).rejects.toThrow('aborted');
  });

  it('lets the first middleware see a request first', async () => {
    network.mockImplementation(async () => new Response());
    const seen: string[] = [];
    const note = (name: string) => ({ apply: (next: typeof fetch): typeof fetch => (input, init) => (seen.push(name), next(input, init)) });
    await createFetchApi({ middleware: [note('first'), note('second')] }).fetch('http://portal/x');
    expect(seen).toEqual(['first', 'second']);
  });

  it('replaces a token that the portal refuses, once, and sends the body again', async () => {
    const refusal = { error: { name: 'AuthenticationError', message: 'Illegal token' } };
    network.mockImplementation(async () => Response.json(refusal, { status: 401 }));
    const forget = vi.fn();
    const response = await fetchApi(forget).fetch('http://portal/api/x', { method: 'POST', body: 'hello' });
    expect(response.status).toBe(401);
    expect(await response.json(), 'the answer is left to be read').toEqual(refusal);
    expect(forget).toHaveBeenCalledTimes(1);
    expect(await sent()[1]?.text()).toBe('hello');
  });

  it('keeps the token where a third party behind the proxy refuses, and asks that once', async () => {
    network.mockImplementation(async () => Response.json({ message: 'Log in first' }, { status: 401 }));
    const forget = vi.fn();
    const response = await fetchApi(forget).fetch('http://portal/api/proxy/circleci/api/v2/me');
    expect(await response.json()).toEqual({ message: 'Log in first' });
    expect(forget).not.toHaveBeenCalled();
    expect(sent()).toHaveLength(1);
  });
});

describe('small services', () => {
  it('storage tells watchers of its own bucket and key, and survives garbage', async () => {
    const storage = new WebStorage().forBucket('a');
    const seen: unknown[] = [];
    const subscription = storage.observe$('key').subscribe(({ value }) => seen.push(value));
    await storage.set('key', [1]);
    await storage.forBucket('b').set('key', [2]);
    await storage.remove('key');
    subscription.unsubscribe();
    await storage.set('key', [3]);
    expect(seen).toEqual([[1], undefined]);
    localStorage.setItem('/a/key', '{');
    expect(storage.snapshot('key').presence).toBe('absent');
  });

  it('storage in memory begins with what it is given, and leaves the browser alone', async () => {
    const storage = WebStorage.inMemory({ '/a/key': { deep: [1] } }).forBucket('a');
    expect(storage.snapshot('key')).toEqual({ key: 'key', presence: 'present', value: { deep: [1] } });
    const seen: unknown[] = [];
    storage.observe$('key').subscribe(({ presence, value }) => seen.push([presence, value]));
    await storage.update<number>('key', () => 2);
    await storage.remove('key');
    expect(seen).toEqual([['present', 2], ['absent', undefined]]);
    expect(localStorage.length).toBe(0);
  });

  it('alerts posted before anybody listens are shown', () => {
    const alerts = new AlertForwarder();
    alerts.post({ message: 'early' });
    const seen: string[] = [];
    alerts.alert$().subscribe(({ message }) => seen.push(message));
    alerts.post({ message: 'late' });
    expect(seen).toEqual(['early', 'late']);
  });

  it('errors become alerts unless they are hidden', () => {
    const post = vi.fn();
    const errors = new ErrorAlerter({ post, alert$: vi.fn() });
    errors.post(new Error('seen'));
    errors.post(new Error('unseen'), { hidden: true });
    expect(post.mock.calls).toEqual([[{ message: 'seen', severity: 'error' }]]);
  });

  it('feature flags have proper names and one owner, and are remembered', () => {
    const flags = new LocalStorageFeatureFlags();
    flags.registerFlag({ name: 'new-table', pluginId: 'catalog' });
    expect(() => flags.registerFlag({ name: 'New', pluginId: 'x' })).toThrow("'New' feature flag must be");
    expect(() => flags.registerFlag({ name: 'new-table', pluginId: 'x' })).toThrow("by both 'catalog' and 'x'");
    flags.save({ states: { 'new-table': true } });
    flags.save({ states: { other: true }, merge: true });
    expect(new LocalStorageFeatureFlags().isActive('new-table')).toBe(true);
    flags.save({ states: {} });
    expect(new LocalStorageFeatureFlags().isActive('new-table')).toBe(false);
  });
});
