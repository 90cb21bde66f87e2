import {
  ApiProvider,
  AppContextProvider,
  configApiRef,
  featureFlagsApiRef,
  InstallationProvider,
  languageKind,
  RoutingProvider,
  type AppComponents,
  type AppContext,
  type CallboardPlugin,
  type IconComponent,
  type Installation,
} from '@callboard/core-plugin-api';
import { BootErrorPage, ErrorBoundaryFallback, NotFoundErrorPage, Progress, systemIcons } from '@callboard/core-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ComponentType, ReactElement, ReactNode } from 'react';
import { BrowserRouter } from 'react-router-dom';
import { ApiResolver } from '../apis/ApiResolver';
import type { AppConfig } from '../apis/implementations/ConfigReader';
import { LocalStorageFeatureFlags } from '../apis/implementations/LocalStorageFeatureFlags';
import { install } from '../installation/install';
import { preloadPage } from '../installation/preloadPage';
import { AppRouteResolver, collectBindings } from '../routing/AppRouteResolver';
import { collectRoutes } from '../routing/collectRoutes';
import { AppIdentity } from '../signIn/AppIdentity';
import { GuestIdentity } from '../signIn/GuestIdentity';
import { beginEntry } from '../signIn/quietEntry';
import { SignInGate } from '../signIn/SignInGate';
import { AppRouter, createAppProvider } from './AppRouter';
import { ConfigLoading } from './config/ConfigLoading';
import { basenameOf, loadConfig, stripBasename } from './config/loadConfig';
import { coreApis, defaultApis } from './defaultApis';
import type { AppOptions } from './options';
import { RouteTracker } from './RouteTracker';
import { ActiveTheme } from './theme/ActiveTheme';
import { installThemes } from './theme/themes';
import { UnhandledErrors } from './UnhandledErrors';

/** The app's element tree, or how it is made of what is installed. */
export type AppTree = ReactNode | ((installation: Installation) => ReactNode);

export interface CallboardApp extends AppContext {
  /** Wraps the app's element tree in everything it needs. The tree is searched for plugins and their routes. */
  createRoot(tree: AppTree): ComponentType;
  /** The same for the children of a component, as older apps have it. */
  getProvider(): ComponentType<{ children?: ReactNode }>;
  /** Stands around the pages in such an app. */
  getRouter(): ComponentType<{ children?: ReactNode }>;
  /** The same without a router, for where one is there already. */
  createProvider(tree: AppTree): ReactElement;
  /** Ends when the page is loaded that the root shows first, so that it can be there from the start; after a while in any case. */
  firstPageLoaded(): Promise<void>;
}

/** Longer the frame alone is better than nothing. */
const LONGEST_WAIT_MS = 500;

/** Creates an app out of plugins. */
export function createApp(options: AppOptions = {}): CallboardApp {
  const components: AppComponents = {
    NotFoundErrorPage,
    BootErrorPage,
    Progress,
    ErrorBoundaryFallback,
    ...options.components,
  };
  const plugins = new Set<CallboardPlugin>(options.plugins);
  const themes = installThemes(options.themes);
  const { translations } = options;
  const icons: Record<string, IconComponent> = { ...systemIcons, ...options.icons };
  const context: AppContext = {
    getPlugins: () => [...plugins],
    getComponents: () => components,
    getSystemIcon: key => icons[key],
    getSystemIcons: () => icons,
  };

  const provide = (appTree: AppTree, loaded?: AppConfig[]) => {
    const config = loadConfig(options.config ?? {}, document, loaded);
    const flags = new LocalStorageFeatureFlags();
    const installation = install(options.packages ?? [], config, flags);
    const tree = typeof appTree === 'function' ? appTree(installation) : appTree;
    const routes = collectRoutes(tree);
    installation.used.forEach(plugin => plugins.add(plugin));
    routes.plugins.forEach(plugin => plugins.add(plugin));
    requireUniqueIds(plugins);
    const identity = new AppIdentity();
    if (!components.SignInPage) {
      identity.setTarget(new GuestIdentity(`${config.getString('backend.baseUrl')}/api/auth`));
    }
    const isExpected = Boolean(components.SignInPage?.entersQuietly) && beginEntry(config);
    const apis = new ApiResolver(
      [{ owner: 'the framework', factories: defaultApis() }],
      [{ owner: 'the app', factories: options.defaultApis ?? [] }],
      [...plugins].map(plugin => ({ owner: `plugin '${plugin.getId()}'`, factories: plugin.getApis() })),
      [{ owner: 'the app', factories: coreApis(config, { flags, identity, themes, translations: withInstalledLanguages(translations, installation) }) }],
      [{ owner: 'the app', factories: options.apis ?? [] }],
    );
    registerFlags(apis, plugins, options.featureFlags);
    const resolver = new AppRouteResolver(routes, collectBindings(options.bindRoutes, plugins, config));
    return { apis, installation, element: (
      <AppContextProvider app={context}>
        <ApiProvider apis={apis}>
          <RoutingProvider resolver={resolver}>
            <QueryClientProvider client={createQueryClient()}>
              <InstallationProvider value={installation}>
                <RouteTracker pages={routes.pages} />
                <UnhandledErrors />
                <ActiveTheme themes={themes}>
                  <SignInGate
                    SignInPage={components.SignInPage}
                    isExpected={isExpected}
                    onSignIn={who => identity.setTarget(who)}
                  >
                    {components.ThemeProvider ? <components.ThemeProvider>{tree}</components.ThemeProvider> : tree}
                  </SignInGate>
                </ActiveTheme>
              </InstallationProvider>
            </QueryClientProvider>
          </RoutingProvider>
        </ApiProvider>
      </AppContextProvider>
    ) };
  };

  let firstPage = Promise.resolve();
  const whenConfigured = (make: (loaded?: AppConfig[]) => ReactElement) =>
    options.configLoader ? (
      <ConfigLoading load={options.configLoader} components={components}>
        {make}
      </ConfigLoading>
    ) : (
      make()
    );
  const makeRoot = (tree: AppTree, loaded?: AppConfig[]) => {
    try {
      const { apis, element, installation } = provide(tree, loaded);
      const basename = basenameOf(apis.get(configApiRef));
      firstPage = preloadPage(installation, stripBasename(window.location.pathname, basename));
      const { Router } = components;
      // What one clicks shows at once: filters live in the URL, and a box must not wait for a table to be ticked.
      return Router ? (
        <Router basename={basename}>{element}</Router>
      ) : (
        <BrowserRouter basename={basename} useTransitions={false}>
          {element}
        </BrowserRouter>
      );
    } catch (error) {
      return <components.BootErrorPage step="load-config" error={error as Error} />;
    }
  };
  return {
    ...context,
    firstPageLoaded: () => Promise.race([firstPage, new Promise<void>(resolve => setTimeout(resolve, LONGEST_WAIT_MS))]),
    createProvider: tree => whenConfigured(loaded => provide(tree, loaded).element),
    createRoot: tree => {
      const root = whenConfigured(loaded => makeRoot(tree, loaded));
      return function AppRoot() {
        return root;
      };
    },
    getProvider: () => createAppProvider(tree => whenConfigured(loaded => makeRoot(tree, loaded))),
    getRouter: () => AppRouter,
  };
}

/** The languages of the app, and those that plugins bring for it. */
function withInstalledLanguages(ofApp: AppOptions['translations'], installation: Installation): AppOptions['translations'] {
  const installed = installation.get(languageKind).map(({ params }) => params);
  const { availableLanguages = ['en'], resources = [], ...others } = ofApp ?? {};
  return {
    ...others,
    availableLanguages: [...new Set([...availableLanguages, ...installed.map(({ language }) => language)])],
    resources: [...installed.flatMap(({ resources: ofPlugin }) => ofPlugin), ...resources],
  };
}

/** Data is fresh for half a minute, and kept long enough that going back shows it at once. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        // What the server has decided it will decide again; only trouble on the way is worth another try.
        retry: (failures, error) => failures < 2 && !isDecided(error),
        retryDelay: attempt => 300 * 2 ** attempt,
      },
    },
  });
}

function isDecided(error: unknown): boolean {
  const status = (error as { status?: unknown }).status;
  return typeof status === 'number' && status < 502;
}

function requireUniqueIds(plugins: Iterable<CallboardPlugin>): void {
  const ids = new Set<string>();
  for (const plugin of plugins) {
    if (ids.has(plugin.getId())) {
      throw new Error(`Two plugins have the id '${plugin.getId()}'`);
    }
    ids.add(plugin.getId());
  }
}

function registerFlags(apis: ApiResolver, plugins: Iterable<CallboardPlugin>, own: AppOptions['featureFlags'] = []) {
  const flags = apis.get(featureFlagsApiRef);
  for (const plugin of plugins) {
    for (const { name, description } of plugin.getFeatureFlags()) {
      flags?.registerFlag({ name, pluginId: plugin.getId(), description });
    }
  }
  for (const { name, pluginId = '', description } of own) {
    flags?.registerFlag({ name, pluginId, description });
  }
}
