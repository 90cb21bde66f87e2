declare module 'virtual:callboard/packages' {
  import type { PluginPackage } from '@callboard/core-app-api';

  /** The packages of plugins that the build found. */
  export const packages: readonly PluginPackage[];
}
