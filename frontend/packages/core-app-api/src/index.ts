/** What an app needs to be one. Plugins import `core-plugin-api` instead. */
export { createApp, type AppTree, type CallboardApp } from './app/createApp';
export type { AppOptions } from './app/options';
export { AppRouter } from './app/AppRouter';
export { loadConfig } from './app/config/loadConfig';
export type { AppConfigLoader } from './app/config/ConfigLoading';
/** Of the plugins' side, by the name that apps written for Backstage import it from. */
export { ApiProvider, FeatureFlagged } from '@callboard/core-plugin-api';
export type { AppThemeOptions } from './app/theme/themes';
export { install } from './installation/install';
export { installedRoutes } from './installation/installedRoutes';
export type { PluginPackage } from './installation/packages';
export { FlatRoutes } from './routing/FlatRoutes';
export { ApiResolver } from './apis/ApiResolver';
export { AlertForwarder } from './apis/implementations/AlertForwarder';
export { AppThemeSelector } from './apis/implementations/AppThemeSelector';
export { ConfigReader, type AppConfig } from './apis/implementations/ConfigReader';
export { createFetchApi, type FetchMiddleware } from './apis/implementations/fetch/createFetchApi';
export { FetchMiddlewares } from './apis/implementations/fetch/FetchMiddlewares';
export { AppLanguageSelector } from './apis/implementations/language/AppLanguageSelector';
export { ErrorAlerter } from './apis/implementations/ErrorAlerter';
export { EventStream } from './apis/implementations/events/EventStream';
export { GuestIdentity } from './signIn/GuestIdentity';
export { LocalStorageFeatureFlags } from './apis/implementations/LocalStorageFeatureFlags';
export { TranslationStore } from './apis/implementations/language/TranslationStore';
export { UserSettingsStorage } from './apis/implementations/storage/UserSettingsStorage';
export { WebStorage } from './apis/implementations/storage/WebStorage';
export { OAuthSession } from './signIn/OAuthSession';
export { OAuthRequestManager } from './signIn/OAuthRequestManager';
