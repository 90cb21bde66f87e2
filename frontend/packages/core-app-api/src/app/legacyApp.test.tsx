/** Apps as they are written for Backstage, with only the names of packages changed. */
import {
  AlertDisplay,
  AppIcon,
  OAuthRequestDialog,
  Sidebar,
  SidebarGroup,
  SidebarItem,
  SidebarPage,
  SignInPage,
  type SignInPageProps,
} from '@callboard/core-components';
import {
  alertApiRef,
  createApiFactory,
  createApiRef,
  createExternalRouteRef,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  useApi,
  useRouteRef,
} from '@callboard/core-plugin-api';
import { startMockBackend } from '@callboard/test-utils';
import { fireEvent, render, screen } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { MemoryRouter, Route } from 'react-router-dom';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppRouter, FeatureFlagged, FlatRoutes } from '..';
import { createApp } from './createApp';
import type { AppOptions } from './options';

const radioRef = createRouteRef({ id: 'radio' });
const bandRef = createRouteRef({ id: 'band', params: ['name'] });
const toBandRef = createExternalRouteRef({ id: 'to-band', params: ['name'] });
const stationApiRef = createApiRef<{ name(): string }>({ id: 'plugin.radio.station' });

const bandPlugin = createPlugin({ id: 'bands', routes: { band: bandRef } });
const radioPlugin = createPlugin({ id: 'radio', routes: { root: radioRef }, externalRoutes: { toBand: toBandRef } });

function RadioContent() {
  const alertApi = useApi(alertApiRef);
  return (
    <>
      <h1>{useApi(stationApiRef).name()}</h1>
      <AppIcon id="radio" />
      <a href={useRouteRef(toBandRef)({ name: 'the-cats' })}>The band</a>
      <button type="button" onClick={() => alertApi.post({ message: 'On air' })}>
        Play
      </button>
    </>
  );
}
const RadioPage = radioPlugin.provide(createRoutableExtension({ name: 'RadioPage', mountPoint: radioRef, component: async () => RadioContent }));
const BandPage = bandPlugin.provide(createRoutableExtension({ name: 'BandPage', mountPoint: bandRef, component: async () => () => <h1>A band</h1> }));

const options: AppOptions = {
  apis: [createApiFactory({ api: stationApiRef, deps: {}, factory: () => ({ name: () => 'Radio Acme' }) })],
  plugins: [radioPlugin, bandPlugin],
  icons: { radio: () => <i aria-hidden>waves</i> },
  featureFlags: [{ name: 'night-mode', description: 'Quiet', pluginId: '' }],
  themes: [{ id: 'acme', title: 'Acme', variant: 'light', icon: <i />, Provider: ({ children }) => <div data-testid="acme">{children}</div> }],
  components: {
    SignInPage: (props: SignInPageProps) => <SignInPage {...props} auto providers={['guest']} />,
    ThemeProvider: ({ children }) => <div data-testid="theme">{children}</div>,
  },
  bindRoutes({ bind }) {
    bind(radioPlugin.externalRoutes, { toBand: bandPlugin.routes.band });
  },
};

function Root({ children }: PropsWithChildren) {
  return (
    <SidebarPage>
      <Sidebar>
        <SidebarGroup label="Menu">
          <SidebarItem icon="radio" to="/radio" text="Radio" />
        </SidebarGroup>
      </Sidebar>
      {children}
    </SidebarPage>
  );
}

const routes = (
  <FlatRoutes>
    <Route path="/radio" element={<RadioPage />} />
    <Route path="/bands/:name" element={<BandPage />} />
    <FeatureFlagged with="night-mode">
      <Route path="/night" element={<p>Night</p>} />
    </FeatureFlagged>
  </FlatRoutes>
);

beforeEach(() => {
  startMockBackend();
  window.history.replaceState(undefined, '', '/radio');
});
afterEach(() => window.history.replaceState(undefined, '', '/'));

async function expectApp() {
  expect(await screen.findByRole('heading', { name: 'Radio Acme' })).toBeTruthy();
  expect(screen.getAllByText('waves')).toHaveLength(2);
  expect(screen.getByRole('link', { name: 'The band' }).getAttribute('href')).toBe('/bands/the-cats');
  expect(screen.getByTestId('acme').contains(screen.getByTestId('theme'))).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Play' }));
  expect(await screen.findByText('On air')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Radio' }).getAttribute('aria-current')).toBe('page');
}

describe('an app written for Backstage', () => {
  it('has its root made of its elements', async () => {
    const app = createApp(options);
    const App = app.createRoot(
      <>
        <AlertDisplay />
        <OAuthRequestDialog />
        <AppRouter>
          <Root>{routes}</Root>
        </AppRouter>
      </>,
    );
    render(<App />);
    await expectApp();
    expect(app.getPlugins().map(plugin => plugin.getId())).toEqual(['radio', 'bands']);
    expect(app.getSystemIcon('radio')).toBe(app.getSystemIcons().radio);
    expect(app.getComponents().Progress).toBeTruthy();
  });

  it('or, where it is older, has a provider and a router around them', async () => {
    const app = createApp(options);
    const AppProvider = app.getProvider();
    const Router = app.getRouter();
    render(
      <AppProvider>
        <AlertDisplay />
        <Router>
          <Root>{routes}</Root>
        </Router>
      </AppProvider>,
    );
    await expectApp();
  });

  it('may have a router of its own', async () => {
    const Router = ({ children }: PropsWithChildren<{ basename?: string }>) => <MemoryRouter initialEntries={['/bands/the-cats']}>{children}</MemoryRouter>;
    const App = createApp({ ...options, components: { ...options.components, Router } }).createRoot(routes);
    render(<App />);
    expect(await screen.findByRole('heading', { name: 'A band' })).toBeTruthy();
  });
});
