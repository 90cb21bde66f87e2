import { createApp, FlatRoutes, installedRoutes, type AppOptions, type AppTree } from '@callboard/core-app-api';
import { createRoutableExtension, createPlugin, type AnyApiFactory, type RouteRef } from '@callboard/core-plugin-api';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, Route, useLocation } from 'react-router-dom';

export interface TestAppOptions extends Omit<AppOptions, 'apis'> {
  apis?: AnyApiFactory[];
  /** What is installed, as `{ installation }` or whatever else the package of a plugin exports. */
  installed?: readonly Record<string, unknown>[];
  /** Where the app starts. */
  path?: string;
  /** Gives routes that the rendered part links to a place. */
  mountedRoutes?: Record<string, RouteRef>;
}

/** Renders part of an app, with everything around it that an app brings. */
export function renderInTestApp(element: AppTree, options: TestAppOptions = {}): RenderResult {
  const { path = '/', mountedRoutes = {}, installed = [], ...appOptions } = options;
  const mounted = Object.entries(mountedRoutes).map(([routePath, mountPoint], index) => {
    const Mounted = createPlugin({ id: `test-mount-${index}` }).provide(
      createRoutableExtension({ mountPoint, component: async () => () => null }),
    );
    return <Route key={routePath} path={routePath} element={<Mounted />} />;
  });
  const packages = installed.map((exports, index) => ({ name: `installed-${index}`, version: '0.0.0', exports }));
  const app = createApp({ packages, ...appOptions });
  const tree = app.createProvider(installation => (
    <>
      {typeof element === 'function' ? element(installation) : element}
      <Unrendered>{mounted}</Unrendered>
      <CurrentLocation />
    </>
  ));
  return render(
    <MemoryRouter initialEntries={[path]} useTransitions={false}>
      {tree}
    </MemoryRouter>,
  );
}

/** Renders the pages of installed packages, as an app does, at `path`. */
export function renderInstalledPages(options: TestAppOptions): RenderResult {
  return renderInTestApp(installation => <FlatRoutes>{installedRoutes(installation)}</FlatRoutes>, options);
}

/** The address that the last rendered app is at. */
export function currentPath(): string {
  return document.querySelector('[data-testid="test-location"]')?.textContent ?? '';
}

function CurrentLocation() {
  const { pathname, search } = useLocation();
  return (
    <span data-testid="test-location" hidden>
      {decodeURIComponent(pathname + search)}
    </span>
  );
}

/** Part of the element tree, and so of the app's routes, without being on the page. */
function Unrendered(_props: { children?: ReactNode }) {
  return undefined;
}
