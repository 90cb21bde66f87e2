import type { AnyApiFactory } from '../apis/ApiFactory';
import type { AnyExternalRoutes, AnyRoutes } from '../routing/types';

/** A part of a plugin that takes its final form once it knows its plugin. */
export interface Extension<T> {
  expose(plugin: CallboardPlugin): T;
}

/** What a plugin has ready, for whoever wants to have it already. */
export interface PluginFeatureFlagConfig {
  name: string;
  /** What is different with it, for the settings where it is turned on. */
  description?: string;
}

/** A plugin: an id, the APIs it brings, its routes and its extensions. */
export interface CallboardPlugin<
  Routes extends AnyRoutes = AnyRoutes,
  ExternalRoutes extends AnyExternalRoutes = AnyExternalRoutes,
> {
  getId(): string;
  getApis(): Iterable<AnyApiFactory>;
  getFeatureFlags(): Iterable<PluginFeatureFlagConfig>;
  provide<T>(extension: Extension<T>): T;
  routes: Routes;
  externalRoutes: ExternalRoutes;
}

export interface PluginConfig<Routes extends AnyRoutes, ExternalRoutes extends AnyExternalRoutes> {
  id: string;
  apis?: Iterable<AnyApiFactory>;
  routes?: Routes;
  externalRoutes?: ExternalRoutes;
  featureFlags?: PluginFeatureFlagConfig[];
}

/** Creates a plugin. Export it from the plugin's package together with the extensions it provides. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- a plugin without routes has none to name
export function createPlugin<Routes extends AnyRoutes = {}, ExternalRoutes extends AnyExternalRoutes = {}>(
  config: PluginConfig<Routes, ExternalRoutes>,
): CallboardPlugin<Routes, ExternalRoutes> {
  const plugin: CallboardPlugin<Routes, ExternalRoutes> = {
    getId: () => config.id,
    getApis: () => config.apis ?? [],
    getFeatureFlags: () => config.featureFlags ?? [],
    provide: extension => extension.expose(plugin as unknown as CallboardPlugin),
    routes: config.routes ?? ({} as Routes),
    externalRoutes: config.externalRoutes ?? ({} as ExternalRoutes),
  };
  Object.defineProperty(plugin, 'toString', { value: () => `plugin{${config.id}}` });
  return plugin;
}
