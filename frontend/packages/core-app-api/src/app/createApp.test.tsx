import {
  createApiFactory,
  createApiRef,
  createComponentExtension,
  createExternalRouteRef,
  createObservable,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  createSubRouteRef,
  errorApiRef,
  FeatureFlagged,
  featureFlagsApiRef,
  useApi,
  useRouteRef,
} from '@callboard/core-plugin-api';
import { fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, Outlet, Route } from 'react-router-dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FlatRoutes } from '../routing/FlatRoutes';
import { createApp } from './createApp';
import type { AppOptions } from './options';

function renderApp(tree: ReactNode, path = '/', options?: AppOptions) {
  const provided = createApp(options).createProvider(tree);
  return render(<MemoryRouter initialEntries={[path]}>{provided}</MemoryRouter>);
}

const entityRef = createRouteRef({ id: 'entity', params: ['name'] });
const tabRef = createRouteRef({ id: 'tab' });
const detailRef = createSubRouteRef({ id: 'detail', path: '/runs/:run', parent: tabRef });
const plugin = createPlugin({ id: 'tested', routes: { entity: entityRef, tab: tabRef } });

const EntityPage = plugin.provide(
  createRoutableExtension({ name: 'EntityPage', mountPoint: entityRef, component: async () => () => <Outlet /> }),
);
const TabPage = plugin.provide(
  createRoutableExtension({ name: 'TabPage', mountPoint: tabRef, component: async () => TabContent }),
);

function TabContent() {
  const detail = useRouteRef(detailRef);
  const entity = useRouteRef(entityRef);
  return (
    <>
      <p>{detail({ run: '7/8' })}</p>
      <p>{entity({ name: 'a b' })}</p>
    </>
  );
}

/** Stands for a layout that mounts its children below its own path. */
function Tab({ children }: { path: string; children?: ReactNode }) {
  return children;
}

describe('routes', () => {
  const tree = (
    <FlatRoutes>
      <Route path="/things/:name" element={<EntityPage />}>
        <Tab path="/ci">
          <TabPage />
        </Tab>
      </Route>
      <Route path="/things/new" element={<p>A new thing</p>} />
    </FlatRoutes>
  );

  it('are seen from the open page, whose parameters they share', async () => {
    renderApp(tree, '/things/shop/ci');
    expect(await screen.findByText('/things/shop/ci/runs/7%2F8')).toBeTruthy();
    expect(screen.getByText('/things/a%20b')).toBeTruthy();
  });

  it('prefer fixed paths to parameters whatever their order', async () => {
    renderApp(tree, '/things/new');
    expect(await screen.findByText('A new thing')).toBeTruthy();
  });

  it('end in a page that says so where there is none', () => {
    renderApp(tree, '/elsewhere');
    expect(screen.getByRole('heading', { name: 'There is nothing at this address' })).toBeTruthy();
  });

  it('cannot mount one page twice', () => {
    const twice = (
      <FlatRoutes>
        <Route path="/a/:name" element={<EntityPage />} />
        <Route path="/b/:name" element={<EntityPage />} />
      </FlatRoutes>
    );
    expect(() => renderApp(twice)).toThrow(/is mounted twice, at '\/a\/:name' and at '\/b\/:name'/);
  });

  it('must have the parameters their reference names', () => {
    expect(() => renderApp(<Route path="/a" element={<EntityPage />} />)).toThrow(/has parameter :name/);
  });
});

describe('external routes', () => {
  const wanted = createExternalRouteRef({ id: 'wanted' });
  const linking = createPlugin({ id: 'linking', externalRoutes: { wanted } });
  function LinkingContent() {
    return <p>to {useRouteRef(wanted)()}</p>;
  }
  const Linking = linking.provide(createComponentExtension({ name: 'Linking', component: { sync: LinkingContent } }));
  const aloneRef = createRouteRef({ id: 'alone' });
  const Alone = plugin.provide(
    createRoutableExtension({ name: 'Alone', mountPoint: aloneRef, component: async () => () => <p>Alone</p> }),
  );
  const tree = (
    <>
      <Linking />
      <FlatRoutes>
        <Route path="/alone" element={<Alone />} />
      </FlatRoutes>
    </>
  );

  it('lead where the app binds them', () => {
    renderApp(tree, '/', { bindRoutes: ({ bind }) => bind(linking.externalRoutes, { wanted: aloneRef }) });
    expect(screen.getByText('to /alone')).toBeTruthy();
  });

  it('must be bound', () => {
    expect(() => renderApp(tree)).toThrow(/External route 'wanted' of the 'linking' plugin must be bound.*'linking\.wanted' in app\.routes\.bindings/);
  });
});

describe('extensions', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => vi.restoreAllMocks());

  it('fail alone, and can be tried again', async () => {
    let broken = true;
    const Fragile = plugin.provide(
      createComponentExtension({
        name: 'Fragile',
        component: {
          lazy: async () => {
            if (broken) {
              throw new Error('Failed to fetch dynamically imported module');
            }
            return () => <p>Mended</p>;
          },
        },
      }),
    );
    renderApp(
      <>
        <p>The rest</p>
        <Fragile />
      </>,
    );
    expect(await screen.findByRole('alert')).toHaveProperty('textContent', expect.stringContaining('tested could not be shown'));
    expect(screen.getByText('The rest')).toBeTruthy();
    broken = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Mended')).toBeTruthy();
  });

  it('that are pages say so when the app did not find them at its start', async () => {
    const Hidden = () => <TabPage />;
    renderApp(<Hidden />);
    const text = 'was not discovered in the app element tree';
    expect(await screen.findByRole('alert')).toHaveProperty('textContent', expect.stringContaining(text));
  });
});

it('what failed unseen is shown, and what was given up is not', () => {
  const post = vi.fn();
  const errorApi = { post, error$: () => createObservable<{ error: Error }>(() => () => undefined) };
  const { unmount } = renderApp(<p>page</p>, '/', { apis: [createApiFactory(errorApiRef, errorApi)] });
  const fail = (reason: unknown) => window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }));
  fail(new Error('The disk is full'));
  fail('just words');
  fail(new DOMException('left', 'AbortError'));
  expect(post.mock.calls.map(([error]) => error)).toEqual([new Error('The disk is full'), new Error('just words')]);
  unmount();
  fail(new Error('later'));
  expect(post).toHaveBeenCalledTimes(2);
});

describe('feature flags', () => {
  it('of a plugin say what is different with them', () => {
    const flag = { name: 'flagged', description: 'A new page' };
    const flagged = createPlugin({ id: 'flagged', featureFlags: [flag] });
    function Flags() {
      return useApi(featureFlagsApiRef)
        .getRegisteredFlags()
        .map(({ pluginId, name, description }) => `${pluginId} ${name}: ${description}`);
    }
    renderApp(<Flags />, '/', { plugins: [flagged] });
    expect(screen.getByText('flagged flagged: A new page')).toBeTruthy();
  });

  it('hide routes while they are off', () => {
    const tree = (
      <FlatRoutes>
        <FeatureFlagged with="new-page">
          <Route path="/new" element={<p>The new page</p>} />
        </FeatureFlagged>
      </FlatRoutes>
    );
    const options = { featureFlags: [{ name: 'new-page' }] };
    const { unmount } = renderApp(tree, '/new', options);
    expect(screen.queryByText('The new page')).toBeNull();
    unmount();
    localStorage.setItem('featureFlags', '{"new-page":1}');
    renderApp(tree, '/new', options);
    expect(screen.getByText('The new page')).toBeTruthy();
  });
});

describe('APIs', () => {
  const greetingRef = createApiRef<{ greet(): string }>({ id: 'test.greeting' });
  function GreetingContent() {
    return <p>{useApi(greetingRef).greet()}</p>;
  }
  const Greeting = createPlugin({
    id: 'greeting',
    apis: [createApiFactory(greetingRef, { greet: () => 'Hello from the plugin' })],
  }).provide(createComponentExtension({ component: { sync: GreetingContent } }));

  it('come from plugins', () => {
    renderApp(<Greeting />);
    expect(screen.getByText('Hello from the plugin')).toBeTruthy();
  });

  it('can be replaced by the app', () => {
    renderApp(<Greeting />, '/', { apis: [createApiFactory(greetingRef, { greet: () => 'Hello from the app' })] });
    expect(screen.getByText('Hello from the app')).toBeTruthy();
  });
});
