/** What tests of plugins written for Backstage use: each by its name there. */
import {
  analyticsApiRef,
  AuthorizeResult,
  configApiRef,
  createApiRef,
  createExternalRouteRef,
  createPermission,
  createRouteRef,
  FeatureFlagState,
  identityApiRef,
  useAnalytics,
  useApi,
  useApp,
  useRouteRef,
} from '@callboard/core-plugin-api';
import { render, screen } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import {
  mockApis,
  MockAnalyticsApi,
  mockBreakpoint,
  MockConfigApi,
  MockErrorApi,
  MockFetchApi,
  MockPermissionApi,
  MockStorageApi,
  renderInTestApp,
  renderWithEffects,
  TestApiProvider,
  TestApiRegistry,
  textContentMatcher,
  withLogCollector,
  wrapInTestApp,
} from '.';

const greetingRef = createApiRef<{ greet(): string; leave(): string }>({ id: 'plugin.greeting.service' });

function Greeting() {
  return <p>{useApi(greetingRef).greet()}</p>;
}

describe('part of an app', () => {
  const detailRef = createRouteRef({ id: 'detail', params: ['name'] });
  const elsewhereRef = createExternalRouteRef({ id: 'elsewhere' });

  function Part() {
    const { pathname } = useLocation();
    return (
      <>
        <a href={useRouteRef(detailRef)({ name: 'shop' })}>detail</a>
        <a href={useRouteRef(elsewhereRef)()}>elsewhere</a>
        <p>at {pathname}</p>
      </>
    );
  }

  it('starts where its history ends, and has places for the routes it links to', async () => {
    await renderInTestApp(Part, {
      routeEntries: ['/before', '/now'],
      mountedRoutes: { '/details/:name': detailRef, '/far/away': elsewhereRef },
    });
    expect(screen.getByText('detail').getAttribute('href')).toBe('/details/shop');
    expect(screen.getByText('elsewhere').getAttribute('href')).toBe('/far/away');
    expect(screen.getByText('at /now')).toBeTruthy();
  });

  it('is there with what it loads first when it is awaited', async () => {
    function Loading() {
      const [loaded, setLoaded] = useState(false);
      useEffect(() => void Promise.resolve().then(() => setLoaded(true)), []);
      return loaded && <p>Loaded</p>;
    }
    const { getByText } = await renderInTestApp(<Loading />);
    expect(getByText('Loaded')).toBeTruthy();
    expect((await renderWithEffects(wrapInTestApp(<Loading />))).getAllByText('Loaded')).toBeTruthy();
  });

  it('can be given other properties later, in the same app', () => {
    function Count({ of }: { of: number }) {
      const [first] = useState(of);
      return <p>{`${first} then ${of}`}</p>;
    }
    const { rerender } = renderInTestApp(<Count of={1} />);
    rerender(<Count of={2} />);
    expect(screen.getByText('1 then 2')).toBeTruthy();
  });

  it('may have components and icons of its own', () => {
    function UsesBoth() {
      const { Progress } = useApp().getComponents();
      return (
        <>
          <Progress />
          <p>{Object.keys(useApp().getSystemIcons()).filter(name => name === 'mine')}</p>
        </>
      );
    }
    render(wrapInTestApp(UsesBoth, { components: { Progress: () => <p>busy</p> }, icons: { mine: () => undefined } }));
    expect(screen.getByText('busy')).toBeTruthy();
    expect(screen.getByText('mine')).toBeTruthy();
  });
});

describe('APIs of a test', () => {
  it('stand in for as much of them as is needed, outside of an app', () => {
    render(
      <TestApiProvider apis={[[greetingRef, { greet: () => 'Hello' }], [configApiRef, new MockConfigApi({})]]}>
        <Greeting />
      </TestApiProvider>,
    );
    expect(screen.getByText('Hello')).toBeTruthy();
    const registry = TestApiRegistry.from([greetingRef, { greet: () => 'Hi' }]);
    expectTypeOf(registry.get(greetingRef)).toEqualTypeOf<{ greet(): string; leave(): string } | undefined>();
    expect(registry.get(createApiRef<{ greet(): string }>({ id: 'plugin.greeting.service' }))?.greet()).toBe('Hi');
  });

  it('lie over those of the app, which has the others', async () => {
    function Both() {
      const config = useApi(configApiRef);
      return (
        <>
          <p>{config.getString('app.title')}</p>
          <Greeting />
        </>
      );
    }
    await renderInTestApp(
      <TestApiProvider apis={[[greetingRef, { greet: () => 'Hello' }]]}>
        <Both />
      </TestApiProvider>,
      { config: { app: { title: 'Acme' } } },
    );
    expect(screen.getByText('Acme')).toBeTruthy();
    expect(screen.getByText('Hello')).toBeTruthy();
  });

  it('come from factories, and as mocks', async () => {
    const identityApi = mockApis.identity.mock({ getCredentials: async () => ({ token: 'x' }) });
    function Token() {
      const identity = useApi(identityApiRef);
      const [token, setToken] = useState('');
      useEffect(() => void identity.getCredentials().then(it => setToken(it.token ?? '')), [identity]);
      return <p>{token}</p>;
    }
    await renderInTestApp(<Token />, { apis: [identityApi.factory, mockApis.config.factory({ data: { backend: { baseUrl: 'http://x' } } })] });
    expect(await screen.findByText('x')).toBeTruthy();
    expect(identityApi.getCredentials).toHaveBeenCalledTimes(1);
    expect(identityApi.getProfileInfo()).toBeUndefined();
  });

  it('analytics keep what happened', async () => {
    const analytics = new MockAnalyticsApi();
    function Clicks() {
      const { captureEvent } = useAnalytics();
      useEffect(() => captureEvent('click', 'it', { value: 2 }), [captureEvent]);
      return undefined;
    }
    await renderInTestApp(
      <TestApiProvider apis={[[analyticsApiRef, analytics]]}>
        <Clicks />
      </TestApiProvider>,
    );
    expect(analytics.getEvents()).toEqual([
      { action: 'click', subject: 'it', value: 2, context: { pluginId: 'app', extension: 'App', routeRef: 'unknown' } },
    ]);
  });

  it('configuration says what is wrong with it', () => {
    const config = mockApis.config({ data: { a: { b: 'text' } } });
    expect(config.getConfig('a').getString('b')).toBe('text');
    expect(() => config.getNumber('a.b')).toThrow("Invalid type in config for key 'a.b' in 'mock-config', got string, wanted number");
  });

  it('errors fail the test unless it looks at them', async () => {
    expect(() => new MockErrorApi().post(new Error('surprise'))).toThrow('Error: surprise');
    const errors = new MockErrorApi({ collect: true });
    const seen = vi.fn();
    errors.error$().subscribe(seen);
    const waited = errors.waitForError(/late/);
    errors.post(new Error('early'), { hidden: true });
    errors.post(new Error('late'));
    expect((await waited).error.message).toBe('late');
    expect((await errors.waitForError(/early/)).context).toEqual({ hidden: true });
    expect(errors.getErrors()).toHaveLength(2);
    expect(seen).toHaveBeenCalledTimes(2);
    await expect(errors.waitForError(/never/, 1)).rejects.toThrow('an error that matches /never/');
  });

  it('fetching finds plugins and brings a token where that is asked for', async () => {
    const network = vi.fn<typeof fetch>(async () => new Response('yes'));
    await new MockFetchApi({ baseImplementation: network }).fetch('http://x/a', { method: 'PUT' });
    expect(network).toHaveBeenLastCalledWith('http://x/a', { method: 'PUT' });
    const api = new MockFetchApi({
      baseImplementation: network,
      resolvePluginProtocol: { discoveryApi: mockApis.discovery({ baseUrl: 'http://portal' }) },
      injectIdentityAuth: { token: 'secret' },
    });
    await api.fetch('plugin://shop/items');
    const request = network.mock.lastCall?.[0] as Request;
    expect([request.url, request.headers.get('authorization')]).toEqual(['http://portal/api/shop/items', 'Bearer secret']);
    expect(await (await new MockFetchApi({ baseImplementation: 'none' }).fetch('http://x')).text()).toBe('');
  });

  it('storage lies in memory, in buckets', async () => {
    const storage = MockStorageApi.create({ shop: { open: true, inner: { list: [1] } }, '/path/like': 'this' });
    expect(storage.forBucket('shop').snapshot('open')).toEqual({ key: 'open', presence: 'present', value: true });
    expect(storage.forBucket('shop').forBucket('inner').snapshot('list').value).toEqual([1]);
    expect(storage.forBucket('path').snapshot('like').value).toBe('this');
    const seen = vi.fn();
    storage.forBucket('shop').observe$('open').subscribe(seen);
    await storage.forBucket('shop').set('open', false);
    expect(seen).toHaveBeenCalledWith({ key: 'open', presence: 'present', value: false });
    expect(mockApis.storage().snapshot('open').presence).toBe('absent');
  });

  it('permissions, flags, alerts and texts do as they are told', async () => {
    const permission = createPermission({ name: 'catalog.entity.delete', attributes: { action: 'delete' }, resourceType: 'catalog-entity' });
    expect(await mockApis.permission({ authorize: AuthorizeResult.DENY }).authorize({ permission, resourceRef: 'x' })).toEqual({ result: 'DENY' });
    const decide = vi.fn(() => AuthorizeResult.ALLOW);
    await new MockPermissionApi(decide).authorize({ permission });
    expect(decide).toHaveBeenCalledWith({ permission });

    const flags = mockApis.featureFlags({ initialStates: { old: FeatureFlagState.Active } });
    flags.save({ states: { fresh: true }, merge: true });
    expect([flags.isActive('old'), flags.isActive('fresh'), flags.isActive('other')]).toEqual([true, true, false]);

    const alerts = mockApis.alert();
    alerts.post({ message: 'hello' });
    expect(await alerts.waitForAlert(({ message }) => message === 'hello')).toBe(alerts.getAlerts()[0]);

    const ref = { $$type: 'translation-ref', id: 'x', messages: { title: 'Title' }, translations: {} } as const;
    expect(mockApis.translation().getMessages(ref).title).toBe('Title');
  });
});

describe('what surrounds a test', () => {
  it('may be a small screen', () => {
    mockBreakpoint({ matches: true });
    expect(window.matchMedia('(max-width: 1px)').matches).toBe(true);
  });

  it('is searched for text across elements', () => {
    render(
      <p>
        one <b>two</b>
      </p>,
    );
    expect(screen.getByText(textContentMatcher('one two')).tagName).toBe('P');
  });

  it('keeps the console quiet, and knows what it was told', async () => {
    /* eslint-disable no-console -- it is what is tested */
    const logs = withLogCollector(() => {
      console.warn('careful', { a: 1 });
      console.log('hello');
    });
    expect(logs).toEqual({ log: ['hello'], warn: ['careful {"a":1}'], error: [] });
    const later = await withLogCollector(['error'], async () => console.error(new Error('late')));
    expect(later).toEqual({ error: ['late'] });
    const before = console.error;
    expect(() => withLogCollector(['error'], () => { throw new Error('broken'); })).toThrow('broken');
    expect(console.error).toBe(before);
    /* eslint-enable no-console */
  });
});
