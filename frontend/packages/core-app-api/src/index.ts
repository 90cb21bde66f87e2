/** What an app needs to be one. Plugins import `core-plugin-api` instead. */
export { createApp, type AppOptions, type AppTree, type CallboardApp } from './app/createApp';
export { loadConfig } from './app/config';
export { install } from './installation/install';
export { installedRoutes } from './installation/installedRoutes';
export type { PluginPackage } from './installation/packages';
export { FlatRoutes } from './routing/FlatRoutes';
export { ApiResolver } from './apis/ApiResolver';
export { AlertForwarder } from './apis/implementations/AlertForwarder';
export { AppThemeSelector } from './apis/implementations/AppThemeSelector';
export { ConfigReader, type AppConfig } from './apis/implementations/ConfigReader';
export { createFetchApi } from './apis/implementations/createFetchApi';
export { ErrorAlerter } from './apis/implementations/ErrorAlerter';
export { EventStream } from './apis/implementations/EventStream';
export { GuestIdentity } from './apis/implementations/GuestIdentity';
export { LocalStorageFeatureFlags } from './apis/implementations/LocalStorageFeatureFlags';
export { UserSettingsStorage } from './apis/implementations/UserSettingsStorage';
export { WebStorage } from './apis/implementations/WebStorage';
