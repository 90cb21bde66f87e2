import {
  alertApiRef,
  analyticsApiRef,
  appLanguageApiRef,
  appThemeApiRef,
  atlassianAuthApiRef,
  bitbucketAuthApiRef,
  bitbucketServerAuthApiRef,
  configApiRef,
  createApiFactory,
  discoveryApiRef,
  errorApiRef,
  eventsApiRef,
  featureFlagsApiRef,
  fetchApiRef,
  githubAuthApiRef,
  gitlabAuthApiRef,
  googleAuthApiRef,
  identityApiRef,
  microsoftAuthApiRef,
  oauthRequestApiRef,
  oidcAuthApiRef,
  oktaAuthApiRef,
  oneloginAuthApiRef,
  openshiftAuthApiRef,
  permissionApiRef,
  signInApiRef,
  storageApiRef,
  translationApiRef,
  vmwareCloudAuthApiRef,
  type AnyApiFactory,
  type ApiRef,
  type AuthApi,
  type ConfigApi,
  type FeatureFlagsApi,
  type IdentityApi,
} from '@callboard/core-plugin-api';
import { AlertForwarder } from '../apis/implementations/AlertForwarder';
import { AppThemeSelector } from '../apis/implementations/AppThemeSelector';
import { ErrorAlerter } from '../apis/implementations/ErrorAlerter';
import { EventStream } from '../apis/implementations/events/EventStream';
import { createFetchApi } from '../apis/implementations/fetch/createFetchApi';
import { FetchMiddlewares } from '../apis/implementations/fetch/FetchMiddlewares';
import { NoOpAnalyticsApi } from '../apis/implementations/analytics/NoOpAnalyticsApi';
import { AppLanguageSelector } from '../apis/implementations/language/AppLanguageSelector';
import { TranslationStore } from '../apis/implementations/language/TranslationStore';
import { PermissionClient } from '../apis/implementations/PermissionClient';
import { UserSettingsStorage } from '../apis/implementations/storage/UserSettingsStorage';
import { OAuthRequestManager } from '../signIn/OAuthRequestManager';
import { PortalSignIn } from '../signIn/PortalSignIn';
import { sessionOf } from '../signIn/providers';
import type { AppOptions } from './options';
import type { InstalledTheme } from './theme/themes';

/** Whom a person may sign in with, by the names that the portal's configuration has for them. */
const authProviders: readonly (readonly [ApiRef<AuthApi>, string])[] = [
  [atlassianAuthApiRef, 'atlassian'],
  [bitbucketAuthApiRef, 'bitbucket'],
  [bitbucketServerAuthApiRef, 'bitbucketServer'],
  [githubAuthApiRef, 'github'],
  [gitlabAuthApiRef, 'gitlab'],
  [googleAuthApiRef, 'google'],
  [microsoftAuthApiRef, 'microsoft'],
  [oidcAuthApiRef, 'oidc'],
  [oktaAuthApiRef, 'okta'],
  [oneloginAuthApiRef, 'onelogin'],
  [openshiftAuthApiRef, 'openshift'],
  [vmwareCloudAuthApiRef, 'vmwareCloudServices'],
];

/** The APIs every app has and may replace. */
export function defaultApis(): AnyApiFactory[] {
  return [
    createApiFactory({ api: alertApiRef, deps: {}, factory: () => new AlertForwarder() }),
    createApiFactory({
      api: errorApiRef,
      deps: { alertApi: alertApiRef },
      factory: ({ alertApi }) => new ErrorAlerter(alertApi),
    }),
    createApiFactory({
      api: storageApiRef,
      deps: { fetchApi: fetchApiRef, identityApi: identityApiRef },
      factory: apis => UserSettingsStorage.create(apis),
    }),
    createApiFactory({
      api: eventsApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new EventStream(fetchApi),
    }),
    createApiFactory({ api: oauthRequestApiRef, deps: {}, factory: () => new OAuthRequestManager() }),
    ...authProviders.map(([api, provider]) =>
      createApiFactory({
        api,
        deps: { configApi: configApiRef, oauthRequestApi: oauthRequestApiRef },
        factory: ({ configApi, oauthRequestApi }) => sessionOf(provider, configApi, oauthRequestApi),
      }),
    ),
    createApiFactory({ api: signInApiRef, deps: { configApi: configApiRef }, factory: ({ configApi }) => new PortalSignIn(configApi) }),
    createApiFactory({
      api: permissionApiRef,
      deps: { configApi: configApiRef, fetchApi: fetchApiRef },
      factory: deps => new PermissionClient(deps),
    }),
    createApiFactory(analyticsApiRef, new NoOpAnalyticsApi()),
    createApiFactory({
      api: discoveryApiRef,
      deps: { configApi: configApiRef },
      factory: ({ configApi }) => ({
        getBaseUrl: async pluginId => `${configApi.getString('backend.baseUrl')}/api/${pluginId}`,
      }),
    }),
    createApiFactory({
      api: fetchApiRef,
      deps: { discoveryApi: discoveryApiRef, identityApi: identityApiRef, configApi: configApiRef },
      factory: ({ discoveryApi, identityApi, configApi }) =>
        createFetchApi({
          middleware: [
            FetchMiddlewares.clarifyFailures(),
            FetchMiddlewares.resolvePluginProtocol({ discoveryApi }),
            FetchMiddlewares.beginTrace({ backendUrl: configApi.getString('backend.baseUrl') }),
            FetchMiddlewares.injectIdentityAuth({ identityApi, config: configApi }),
          ],
        }),
    }),
  ];
}

/** The APIs the app itself stands on. */
export function coreApis(
  config: ConfigApi,
  own: { flags: FeatureFlagsApi; identity: IdentityApi; themes: readonly InstalledTheme[]; translations: AppOptions['translations'] },
): AnyApiFactory[] {
  const { flags, identity, themes, translations } = own;
  return [
    createApiFactory(configApiRef, config),
    createApiFactory(featureFlagsApiRef, flags),
    createApiFactory({
      api: appThemeApiRef,
      deps: {},
      factory: () => new AppThemeSelector(themes.map(({ id, title, variant }) => ({ id, title, variant }))),
    }),
    createApiFactory(appLanguageApiRef, new AppLanguageSelector(translations)),
    createApiFactory({
      api: translationApiRef,
      deps: { languageApi: appLanguageApiRef },
      factory: deps => new TranslationStore(deps, translations?.resources),
    }),
    createApiFactory(identityApiRef, identity),
  ];
}
