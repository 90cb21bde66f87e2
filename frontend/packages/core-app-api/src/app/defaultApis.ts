import {
  alertApiRef,
  analyticsApiRef,
  appThemeApiRef,
  configApiRef,
  createApiFactory,
  discoveryApiRef,
  errorApiRef,
  eventsApiRef,
  featureFlagsApiRef,
  fetchApiRef,
  githubAuthApiRef,
  identityApiRef,
  oidcAuthApiRef,
  storageApiRef,
  type AnyApiFactory,
  type ConfigApi,
  type IdentityApi,
} from '@callboard/core-plugin-api';
import { themes } from '@callboard/theme';
import { AlertForwarder } from '../apis/implementations/AlertForwarder';
import { AppThemeSelector } from '../apis/implementations/AppThemeSelector';
import { createFetchApi } from '../apis/implementations/createFetchApi';
import { ErrorAlerter } from '../apis/implementations/ErrorAlerter';
import { EventStream } from '../apis/implementations/EventStream';
import { LocalStorageFeatureFlags } from '../apis/implementations/LocalStorageFeatureFlags';
import { UserSettingsStorage } from '../apis/implementations/UserSettingsStorage';
import { sessionOf } from '../signIn/providers';

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
    createApiFactory({
      api: githubAuthApiRef,
      deps: { configApi: configApiRef },
      factory: ({ configApi }) => sessionOf('github', configApi),
    }),
    createApiFactory({
      api: oidcAuthApiRef,
      deps: { configApi: configApiRef },
      factory: ({ configApi }) => sessionOf('oidc', configApi),
    }),
    createApiFactory(analyticsApiRef, { captureEvent: () => undefined }),
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
        createFetchApi({ discoveryApi, identityApi, backendUrl: configApi.getString('backend.baseUrl') }),
    }),
  ];
}

/** The APIs the app itself stands on. */
export function coreApis(config: ConfigApi, identity: IdentityApi): AnyApiFactory[] {
  return [
    createApiFactory(configApiRef, config),
    createApiFactory({ api: featureFlagsApiRef, deps: {}, factory: () => new LocalStorageFeatureFlags() }),
    createApiFactory({
      api: appThemeApiRef,
      deps: {},
      factory: () => new AppThemeSelector(themes.map(({ id, title, variant }) => ({ id, title, variant }))),
    }),
    createApiFactory(identityApiRef, identity),
  ];
}
