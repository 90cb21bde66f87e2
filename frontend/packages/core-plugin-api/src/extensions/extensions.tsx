import { lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react';
import { AnalyticsContext } from '../apis/analyticsContext';
import { useApp } from '../app/useApp';
import type { Extension } from '../plugin/createPlugin';
import type { AnyParams, RouteRef } from '../routing/types';
import { useRouteRef } from '../routing/useRouteRef';
import { attachComponentData, attachedData } from './componentData';
import { PluginErrorBoundary } from './PluginErrorBoundary';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any component at all, whatever its properties
type AnyComponent = (props: any) => ReactNode;

/** A component, or how its code is loaded when it is shown first. */
export type ComponentLoader<T> = { lazy: () => Promise<T> } | { sync: T };

/** The base of all extensions: a component wrapped in loading state and error boundary, marked with its plugin. */
export function createReactExtension<T extends AnyComponent>(options: {
  component: ComponentLoader<T>;
  data?: Record<string, unknown>;
  name?: string;
}): Extension<T> {
  const { component, data = {}, name } = options;
  return {
    expose(plugin) {
      const load = () => loadComponent(component, name);
      let Loaded = load();
      const mountPoint = data['core.mountPoint'] as RouteRef | undefined;
      const attributes = {
        pluginId: plugin.getId(),
        extension: name ?? 'App',
        ...(mountPoint && { routeRef: mountPoint.id }),
      };

      function ExtensionWrapper(props: Record<string, unknown>) {
        const app = useApp();
        const { Progress } = app.getComponents();
        // What is shown stays the same component while it is there, though it may be loaded ahead for others.
        const [Content, setContent] = useState(() => Loaded);
        const reload = () => {
          Loaded = load();
          setContent(() => Loaded);
        };
        return (
          <AnalyticsContext attributes={attributes}>
            <PluginErrorBoundary app={app} plugin={plugin} onReset={reload}>
              <Suspense fallback={<Progress />}>
                <Content {...props} />
              </Suspense>
            </PluginErrorBoundary>
          </AnalyticsContext>
        );
      }

      ExtensionWrapper.displayName = `Extension(${name ?? 'component'})`;
      attachComponentData(ExtensionWrapper, 'core.plugin', plugin);
      if (name) {
        attachComponentData(ExtensionWrapper, 'core.extensionName', name);
      }
      if ('lazy' in component) {
        // Loaded ahead, it is there at once when it is shown, without a fallback in between.
        const preload = async () => {
          Loaded = (await component.lazy()) ?? Loaded;
        };
        attachComponentData(ExtensionWrapper, 'core.preload', preload);
      }
      for (const [key, value] of Object.entries(data)) {
        attachComponentData(ExtensionWrapper, key, value);
      }
      return ExtensionWrapper as unknown as T;
    },
  };
}

/** A page that an app mounts at a path of its choice. */
export function createRoutableExtension<T extends AnyComponent, Params extends AnyParams>(options: {
  component: () => Promise<T>;
  mountPoint: RouteRef<Params>;
  name?: string;
}): Extension<T> {
  const { component, mountPoint, name } = options;
  return createReactExtension<T>({
    name,
    data: { 'core.mountPoint': mountPoint },
    component: {
      lazy: async () => {
        const loaded = (await component()) as ComponentType<Record<string, unknown>> | undefined;
        if (!loaded) {
          throw missingComponent(name);
        }
        const Page = loaded;
        function RoutablePage(props: Record<string, unknown>) {
          useMountedRoute(mountPoint);
          return <Page {...props} />;
        }
        return RoutablePage as unknown as T;
      },
    },
  });
}

/** A card, tab or widget that is not tied to a path. */
export function createComponentExtension<T extends AnyComponent>(options: {
  component: ComponentLoader<T>;
  name?: string;
}): Extension<T> {
  return createReactExtension(options);
}

/** Fails with advice where the app rendered a page that it did not find when it started. */
function useMountedRoute<Params extends AnyParams>(mountPoint: RouteRef<Params>) {
  try {
    useRouteRef(mountPoint);
  } catch (error) {
    throw new Error(
      `Routable extension component with mount point ${mountPoint} was not discovered in the app element tree. ` +
        'Routable extension components may not be rendered by other components and must be ' +
        'directly available as an element within the app provider component.',
      { cause: error },
    );
  }
}

function loadComponent<T extends AnyComponent>(
  component: ComponentLoader<T>,
  name: string | undefined,
): ComponentType<Record<string, unknown>> {
  if ('sync' in component) {
    return component.sync;
  }
  return lazy(async () => {
    const loaded = await component.lazy();
    if (!loaded) {
      throw missingComponent(name);
    }
    return { default: loaded as ComponentType<Record<string, unknown>> };
  });
}

/**
 * Loads what an extension is made of, so that it is there at once when it is shown. Ends when it is there or cannot be
 * loaded, which it says when it is shown; nothing happens with what is no extension or not loaded apart.
 */
export async function preloadExtension(component: unknown): Promise<void> {
  await attachedData<() => Promise<unknown>>(component, 'core.preload')?.().catch(() => undefined);
}

function missingComponent(name: string | undefined): Error {
  return new Error(`The lazy loader of extension ${name ?? '(without a name)'} returned no component`);
}
