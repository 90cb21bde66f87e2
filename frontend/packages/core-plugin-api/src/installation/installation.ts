import type { CallboardPlugin } from '../plugin/createPlugin';
import type { ExtensionDeclaration, ExtensionKind } from './extensionKinds';
import type { IconOrName } from './kinds';
import type { TranslationRef } from '../translation/translationRef';
import type { ConfigSchema } from './schema';

/**
 * The texts of a plugin, or what loads them: for that, the installation's own have to be English, which is shown until it is
 * asked for another language.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever texts
export type InstalledTranslation = TranslationRef<any> | (() => Promise<TranslationRef<any>>);

/** What the package of a plugin adds to an app that installs it. */
export interface PluginInstallation {
  plugin: CallboardPlugin;
  /** What people call the plugin. */
  title?: string;
  description?: string;
  icon?: IconOrName;
  /** The plugin's texts. Titles and descriptions here that are among them are shown in the chosen language. */
  translation?: InstalledTranslation;
  /** What the plugin's components read with `usePluginConfig`. */
  config?: ConfigSchema;
  extensions: readonly ExtensionDeclaration[];
}

/** Declares what a plugin adds to an app. Its package exports the result by the name `installation`. */
export function defineInstallation(
  installation: Omit<PluginInstallation, 'extensions' | 'plugin'> & {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a plugin with whatever routes, and extensions of all kinds
    plugin: CallboardPlugin<any, any>;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
    extensions: readonly ExtensionDeclaration<any>[];
  },
): PluginInstallation {
  const { plugin } = installation;
  const seen = new Set<string>();
  for (const { kind, name = '' } of installation.extensions) {
    const key = `${kind.id} ${name}`;
    if (seen.has(key)) {
      const which = name ? `the name '${name}'` : 'no name';
      throw new Error(`Plugin '${plugin.getId()}' declares two extensions of kind '${kind.id}' with ${which}`);
    }
    seen.add(key);
  }
  return installation as PluginInstallation;
}

/** An extension that is on, as configuration left it. */
export interface InstalledExtension<Params = unknown> {
  id: string;
  kind: string;
  plugin: CallboardPlugin;
  params: Params;
  /** The value of the extension's own configuration. */
  config: unknown;
  /** The value of its plugin's configuration. */
  pluginConfig: unknown;
}

/** Finds extensions by their kind, in the order they are shown in. */
export interface ExtensionLookup {
  get<Params>(kind: ExtensionKind<Params>): readonly InstalledExtension<Params>[];
}

/** What became of one extension. */
export interface ExtensionReport {
  id: string;
  kind: string;
  enabled: boolean;
  title?: string;
  path?: string;
  /** What is wrong with its configuration, which keeps it from being shown. */
  problem?: string;
}

/** What became of one package. */
export interface InstalledPlugin {
  /** The plugin's id; the package's name where no plugin was found in it. */
  id: string;
  packageName: string;
  version: string;
  title: string;
  description?: string;
  icon?: IconOrName;
  translation?: InstalledTranslation;
  homepage?: string;
  enabled: boolean;
  extensions: readonly ExtensionReport[];
}

/** Everything that is installed in an app. */
export interface Installation extends ExtensionLookup {
  plugins: readonly InstalledPlugin[];
  /** What is wrong with the configuration, one sentence each, for whoever runs the portal. */
  problems: readonly string[];
}
