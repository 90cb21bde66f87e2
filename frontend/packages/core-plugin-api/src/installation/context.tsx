import { createContext, useContext, type ReactNode } from 'react';
import { AnalyticsContext } from '../apis/analyticsContext';
import { globalSingleton } from '../lib/globalSingleton';
import type { ExtensionKind } from './extensionKinds';
import type { Installation, InstalledExtension } from './installation';

const NOTHING: Installation = { plugins: [], problems: [], get: () => [] };

const InstallationContext = globalSingleton('InstallationContext', () => createContext<Installation>(NOTHING));
const ExtensionContext = globalSingleton('ExtensionContext', () =>
  createContext<InstalledExtension | undefined>(undefined),
);

/** Makes what is installed known to everything below. */
export function InstallationProvider({ value, children }: { value: Installation; children?: ReactNode }) {
  return <InstallationContext value={value}>{children}</InstallationContext>;
}

/** What is installed in the app: plugins, their extensions, and what is wrong with their configuration. */
export function useInstallation(): Installation {
  return useContext(InstallationContext);
}

/** The extensions of a kind that are on, in the order they are shown in. */
export function useExtensions<Params>(kind: ExtensionKind<Params>): readonly InstalledExtension<Params>[] {
  return useInstallation().get(kind);
}

/** Tells everything below which extension it is part of. Put it around each extension's element that you show. */
export function ExtensionProvider(props: { extension: InstalledExtension; children?: ReactNode }) {
  const { id, plugin } = props.extension;
  return (
    <AnalyticsContext attributes={{ pluginId: plugin.getId(), extension: id }}>
      <ExtensionContext value={props.extension}>{props.children}</ExtensionContext>
    </AnalyticsContext>
  );
}

/** The extension's own configuration, as its schema made it. Undefined outside of an installed extension. */
export function useExtensionConfig<Config>(): Config | undefined {
  return useContext(ExtensionContext)?.config as Config | undefined;
}

/** The configuration of the plugin that the extension belongs to. Undefined outside of an installed extension. */
export function usePluginConfig<Config>(): Config | undefined {
  return useContext(ExtensionContext)?.pluginConfig as Config | undefined;
}
