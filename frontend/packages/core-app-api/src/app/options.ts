import type { AnyApiFactory, AppComponents, CallboardPlugin, IconComponent, TranslationResource } from '@callboard/core-plugin-api';
import type { JsonObject } from '@callboard/types';
import type { PluginPackage } from '../installation/packages';
import type { BindFunction } from '../routing/AppRouteResolver';
import type { AppConfigLoader } from './config/ConfigLoading';
import type { AppThemeOptions } from './theme/themes';

/** What an app is made of. */
export interface AppOptions {
  /** APIs that replace those of plugins and of the framework. */
  apis?: Iterable<AnyApiFactory>;
  /** APIs in place of the framework's, which plugins may replace. */
  defaultApis?: Iterable<AnyApiFactory>;
  /** Plugins with no element of their own in the app. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- plugins with whatever routes
  plugins?: CallboardPlugin<any, any>[];
  /** Packages of plugins that configuration installs. */
  packages?: readonly PluginPackage[];
  icons?: Record<string, IconComponent>;
  components?: Partial<AppComponents>;
  /** The looks to choose from, in place of the portal's own. */
  themes?: readonly AppThemeOptions[];
  /** The languages there are, the first or the default one where nobody chooses; and texts that plugins do not bring themselves. */
  translations?: { availableLanguages?: readonly string[]; defaultLanguage?: string; resources?: readonly TranslationResource[] };
  /** Configuration that what the page holds is laid over. */
  config?: JsonObject;
  /** Brings the configuration in place of what the page holds. Until it is there, the app shows its progress. */
  configLoader?: AppConfigLoader;
  featureFlags?: { name: string; pluginId?: string; description?: string }[];
  bindRoutes?(context: { bind: BindFunction }): void;
}
