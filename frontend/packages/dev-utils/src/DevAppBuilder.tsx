import { createApp, FlatRoutes, type AppThemeOptions, type PluginPackage } from '@callboard/core-app-api';
import { AppShell, SignInPage, type NavigationItem, type SignInProviderConfig } from '@callboard/core-components';
import {
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  type AnyApiFactory,
  type AppComponents,
  type CallboardPlugin,
  type ExternalRouteRef,
  type IconOrName,
} from '@callboard/core-plugin-api';
import { entityRouteRef } from '@callboard/plugin-catalog-react';
import type { JsonObject } from '@callboard/types';
import { StrictMode, type ReactElement, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { Navigate, Route } from 'react-router-dom';

export interface DevAppPageOptions {
  element: ReactElement;
  /** What is mounted below the page's path. */
  children?: ReactElement;
  /** What the navigation calls it; without, it is not there. */
  title?: string;
  icon?: IconOrName;
  path?: string;
}

/** Puts together an app of one plugin. */
export class DevAppBuilder {
  private readonly plugins: CallboardPlugin[] = [];
  private readonly apis: AnyApiFactory[] = [];
  private readonly pages: (DevAppPageOptions & { path: string })[] = [];
  private readonly rootChildren: ReactNode[] = [];
  private readonly packages: PluginPackage[] = [];
  private readonly themes: AppThemeOptions[] = [];
  private readonly signInProviders: SignInProviderConfig[] = [];
  private config: JsonObject = {};

  /** Registers plugins, for their APIs and flags. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- plugins with whatever routes
  registerPlugin(...plugins: CallboardPlugin<any, any>[]): this {
    this.plugins.push(...(plugins as CallboardPlugin[]));
    return this;
  }

  /** Provides an API, over that of a plugin. */
  registerApi(factory: AnyApiFactory): this {
    this.apis.push(factory);
    return this;
  }

  /** Adds a page, and an entry in the navigation where it has a title. */
  addPage({ path = `/page-${this.pages.length + 1}`, ...page }: DevAppPageOptions): this {
    this.pages.push({ path, ...page });
    return this;
  }

  /** Installs what a package exports, so that extension points have extensions. */
  install(exports: PluginPackage['exports']): this {
    this.packages.push({ name: `installed-${this.packages.length}`, version: '0.0.0', exports });
    return this;
  }

  /** Adds an element that is on every page. */
  addRootChild(node: ReactNode): this {
    this.rootChildren.push(node);
    return this;
  }

  /** Offers a look, in place of the portal's own. */
  addThemeProvider(theme: AppThemeOptions): this {
    this.themes.push(theme);
    return this;
  }

  /** Offers a way to sign in beside coming as a guest. */
  addSignInProvider(provider: SignInProviderConfig): this {
    this.signInProviders.push(provider);
    return this;
  }

  /** Configuration, as the page would hold it. */
  setConfig(config: JsonObject): this {
    this.config = config;
    return this;
  }

  /** The app, for a test or a page that renders it itself. */
  build(): ReactElement {
    const app = createApp({
      plugins: this.plugins,
      packages: this.packages,
      apis: this.apis,
      themes: this.themes.length > 0 ? this.themes : undefined,
      components: this.signInProviders.length > 0 ? { SignInPage: this.signInPage() } : {},
      config: { app: { title: 'Plugin' }, organization: { name: 'Development' }, ...this.config },
      bindRoutes: ({ bind }) => this.plugins.forEach(plugin => bind(plugin.externalRoutes, standIns(plugin))),
    });
    const first = this.pages[0]?.path ?? '/';
    const Root = app.createRoot(
      <AppShell navigation={[{ items: this.navigation() }]}>
        <FlatRoutes>
          {this.pages.map(({ path, element, children }) => (
            <Route key={path} path={path} element={element}>
              {children}
            </Route>
          ))}
          {first !== '/' && <Route path="/" element={<Navigate to={first} replace />} />}
          <Route path="/elsewhere" element={<ElsewherePage />} />
          {this.pages.every(({ path }) => !path.startsWith('/catalog')) && (
            <Route path="/catalog/:namespace/:kind/:name" element={<EntityElsewherePage />} />
          )}
        </FlatRoutes>
        {this.rootChildren}
      </AppShell>,
    );
    return <Root />;
  }

  /** Renders the app into the page. */
  render(): void {
    const container = document.getElementById('root');
    if (!container) {
      throw new Error('The page has no element with id "root"');
    }
    createRoot(container).render(<StrictMode>{this.build()}</StrictMode>);
  }

  private signInPage(): AppComponents['SignInPage'] {
    const providers = ['guest', ...this.signInProviders] as const;
    return props => <SignInPage {...props} providers={providers} />;
  }

  private navigation(): NavigationItem[] {
    return this.pages.flatMap(({ title, icon, path }) => (title ? [{ label: title, icon, to: path }] : []));
  }
}

/** Creates a builder of an app for one plugin. */
export function createDevApp(): DevAppBuilder {
  return new DevAppBuilder();
}

/** Pages of other plugins are not here; links to them lead to a page that says so. */
const elsewhere = createPlugin({ id: 'elsewhere' });
const elsewhereRef = createRouteRef({ id: 'elsewhere' });

const ElsewherePage = elsewhere.provide(
  createRoutableExtension({ mountPoint: elsewhereRef, component: async () => () => <p>A page of another plugin</p> }),
);

const EntityElsewherePage = elsewhere.provide(
  createRoutableExtension({ mountPoint: entityRouteRef, component: async () => () => <p>The page of an entity</p> }),
);

function standIns(plugin: CallboardPlugin) {
  const routes = Object.entries(plugin.externalRoutes) as [string, ExternalRouteRef][];
  return Object.fromEntries(routes.map(([name]) => [name, elsewhereRef]));
}
