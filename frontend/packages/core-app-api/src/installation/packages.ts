import {
  attachedData,
  defineInstallation,
  definePage,
  type CallboardPlugin,
  type ConfigApi,
  type PluginInstallation,
  type RouteRef,
} from '@callboard/core-plugin-api';
import { createElement, type ComponentType } from 'react';

/** A package with the role of a plugin, as the build found it. */
export interface PluginPackage {
  name: string;
  version: string;
  description?: string;
  homepage?: string;
  /** Everything that the package exports. */
  exports: Readonly<Record<string, unknown>>;
}

/** Whether `app.packages` lets a package in: `all`, or lists to include and to exclude. */
export function packageFilter(config: ConfigApi): (name: string) => boolean {
  const value = config.getOptional('app.packages');
  if (value === undefined || value === 'all') {
    return () => true;
  }
  const include = config.getOptionalStringArray('app.packages.include');
  const exclude = config.getOptionalStringArray('app.packages.exclude') ?? [];
  return name => (include?.includes(name) ?? true) && !exclude.includes(name);
}

/** What a package adds to the app: what it says itself, or its pages where it says nothing. */
export function installationOf({ exports }: PluginPackage): PluginInstallation | undefined {
  const declared = exports.installation as PluginInstallation | undefined;
  return declared ?? derivedInstallation(exports);
}

/**
 * The installation of a package that was written without knowing of installations: its pages, the one for the route
 * `root` (or the only one) at `/<plugin id>`, others below it.
 */
function derivedInstallation(exports: PluginPackage['exports']): PluginInstallation | undefined {
  const pages = Object.values(exports).flatMap(value => {
    const mountPoint = attachedData<RouteRef>(value, 'core.mountPoint');
    const plugin = attachedData<CallboardPlugin>(value, 'core.plugin');
    return mountPoint && plugin ? [{ component: value as ComponentType, mountPoint, plugin }] : [];
  });
  const plugin = pages[0]?.plugin ?? Object.values(exports).find(isPlugin);
  if (!plugin) {
    return undefined;
  }
  const routes = Object.entries(plugin.routes) as [string, RouteRef][];
  const routeName = (ref: RouteRef) => routes.find(([, route]) => route === ref)?.[0];
  const main = pages.find(({ mountPoint }) => routeName(mountPoint) === 'root') ?? pages[0];
  const title = humanized(plugin.getId());
  return defineInstallation({
    plugin,
    title,
    extensions: pages.flatMap(page => {
      const name = page === main ? undefined : routeName(page.mountPoint);
      // A page with parameters belongs below another, at a path that only the app can know.
      if ((page !== main && name === undefined) || page.mountPoint.params.length > 0) {
        return [];
      }
      const path = `/${plugin.getId()}${name ? `/${name}` : ''}`;
      return [definePage({ name, path, title: name ? humanized(name) : title, element: createElement(page.component) })];
    }),
  });
}

function isPlugin(value: unknown): value is CallboardPlugin {
  const { getId, provide } = (value ?? {}) as Partial<CallboardPlugin>;
  return typeof getId === 'function' && typeof provide === 'function';
}

function humanized(id: string): string {
  const words = id.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[-_]/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
