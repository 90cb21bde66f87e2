import { createApp, FlatRoutes, installedRoutes, type AppOptions, type AppTree } from '@callboard/core-app-api';
import {
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  type AnyApiFactory,
  type ExternalRouteRef,
  type RouteRef,
} from '@callboard/core-plugin-api';
import { act, render, type RenderResult } from '@testing-library/react';
import { createContext, createElement, useContext, useState, type ComponentType, type ReactElement, type ReactNode } from 'react';
import { MemoryRouter, Route, useLocation } from 'react-router-dom';

export interface TestAppOptions extends Omit<AppOptions, 'apis'> {
  apis?: AnyApiFactory[];
  /** What is installed, as `{ installation }` or whatever else the package of a plugin exports. */
  installed?: readonly Record<string, unknown>[];
  /** Where the app starts. */
  path?: string;
  /** The addresses that were gone through before, the app starting at the last one. */
  routeEntries?: string[];
  /** Gives routes that the rendered part links to a place. */
  mountedRoutes?: Record<string, RouteRef | ExternalRouteRef>;
}

/** Rendered at once; awaited, it is there with what it loads first. */
export type RenderedTestApp = RenderResult & PromiseLike<RenderResult>;

/** Renders part of an app, or a component that makes it, with everything around it that an app brings. */
export function renderInTestApp(part: ReactNode | ComponentType, options: TestAppOptions = {}): RenderedTestApp {
  return settling(render(elementOf(part), { wrapper: createTestAppWrapper(options) }));
}

/** The same as an element, for a `render` of one's own. */
export function wrapInTestApp(part: ReactNode | ComponentType, options: TestAppOptions = {}): ReactElement {
  return createElement(createTestAppWrapper(options), undefined, elementOf(part));
}

/** A component that has an app around its children; which plugins and pages are among them is read when it is first rendered. */
export function createTestAppWrapper(options: TestAppOptions = {}): ComponentType<{ children?: ReactNode }> {
  return function TestAppWrapper({ children }) {
    const [app] = useState(() => provideTestApp(<Current>{children}</Current>, options));
    return <CurrentChildren value={children}>{app}</CurrentChildren>;
  };
}

/** Renders the pages of installed packages, as an app does, at `path`. */
export function renderInstalledPages(options: TestAppOptions): RenderedTestApp {
  return settling(render(provideTestApp(installation => <FlatRoutes>{installedRoutes(installation)}</FlatRoutes>, options)));
}

/** Renders elements, and waits for what they do first. */
export async function renderWithEffects(...args: Parameters<typeof render>): Promise<RenderResult> {
  return settling(render(...args));
}

/** The address that the last rendered app is at. */
export function currentPath(): string {
  return document.querySelector('[data-testid="test-location"]')?.textContent ?? '';
}

function provideTestApp(tree: AppTree, options: TestAppOptions): ReactElement {
  const { path = '/', routeEntries = [path], mountedRoutes = {}, installed = [], bindRoutes, ...appOptions } = options;
  const routes = Object.entries(mountedRoutes).map(([routePath, ref], index) => ({ routePath, ref, ...placeFor(ref, index) }));
  const app = createApp({
    packages: installed.map((exports, index) => ({ name: `installed-${index}`, version: '0.0.0', exports })),
    ...appOptions,
    bindRoutes: context => {
      for (const { ref, mountPoint } of routes) {
        if (ref.type === 'external') {
          context.bind({ mounted: ref }, { mounted: mountPoint });
        }
      }
      bindRoutes?.(context);
    },
  });
  const provided = app.createProvider(installation => (
    <>
      {typeof tree === 'function' ? tree(installation) : tree}
      <Unrendered>
        {routes.map(({ routePath, element }) => (
          <Route key={routePath} path={routePath} element={element} />
        ))}
      </Unrendered>
      <CurrentLocation />
    </>
  ));
  return (
    <MemoryRouter initialEntries={routeEntries} useTransitions={false}>
      {provided}
    </MemoryRouter>
  );
}

/** A page of no content for a route to lead to; an external route has one of its own. */
function placeFor(ref: RouteRef | ExternalRouteRef, index: number) {
  const id = `test-mount-${index}`;
  const mountPoint = ref.type === 'external' ? createRouteRef({ id, params: ref.params }) : ref;
  const Mounted = createPlugin({ id }).provide(createRoutableExtension({ mountPoint, component: async () => () => null }));
  return { mountPoint, element: <Mounted /> };
}

function elementOf(part: ReactNode | ComponentType): ReactNode {
  return typeof part === 'function' ? createElement(part) : part;
}

function settling(rendered: RenderResult): RenderedTestApp {
  const settle = async () => {
    await act(async () => undefined);
    return rendered;
  };
  // Another object than the one it leads to: one that led to itself could never be awaited.
  return { ...rendered, then: (...args) => settle().then(...args) };
}

const CurrentChildren = createContext<ReactNode>(undefined);

/** What is around the app's part now; its own children are those the app was made with. */
function Current(_props: { children?: ReactNode }) {
  return useContext(CurrentChildren);
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
