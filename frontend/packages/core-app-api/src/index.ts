/** What an app needs to be one. Plugins import `core-plugin-api` instead. */
export { createApp, type AppOptions, type AppTree, type CallboardApp } from './app/createApp';
export { AppRouter } from './app/AppRouter';
export { loadConfig } from './app/config';
export type { AppConfigLoader } from './app/ConfigLoading';
/** Of the plugins' side, by the name that apps written for Backstage import it from. */
export { ApiProvider, FeatureFlagged } from '@callboard/core-plugin-api';
export type { AppThemeOptions } from './app/themes';
export { install } from './installation/install';
export { installedRoutes } from './installation/installedRoutes';
export type { PluginPackage } from './installation/packages';
export { FlatRoutes } from './routing/FlatRoutes';
export { ApiResolver } from './apis/ApiResolver';
export { AlertForwarder } from './apis/implementations/AlertForwarder';
export { AppThemeSelector } from './apis/implementations/AppThemeSelector';
export { ConfigReader, type AppConfig } from './apis/implementations/ConfigReader';
export { createFetchApi, type FetchMiddleware } from './apis/implementations/createFetchApi';
export { FetchMiddlewares } from './apis/implementations/FetchMiddlewares';
export { AppLanguageSelector } from './apis/implementations/AppLanguageSelector';
export { ErrorAlerter } from './apis/implementations/ErrorAlerter';
export { EventStream } from './apis/implementations/EventStream';
export { GuestIdentity } from './apis/implementations/GuestIdentity';
export { LocalStorageFeatureFlags } from './apis/implementations/LocalStorageFeatureFlags';
export { TranslationStore } from './apis/implementations/TranslationStore';
export { UserSettingsStorage } from './apis/implementations/UserSettingsStorage';
export { WebStorage } from './apis/implementations/WebStorage';
export { OAuthSession } from './signIn/OAuthSession';
export { OAuthRequestManager } from './signIn/OAuthRequestManager';
