import { AppLanguageSelector, TranslationStore } from '@callboard/core-app-api';
import {
  alertApiRef,
  analyticsApiRef,
  AuthorizeResult,
  configApiRef,
  discoveryApiRef,
  errorApiRef,
  featureFlagsApiRef,
  fetchApiRef,
  identityApiRef,
  permissionApiRef,
  storageApiRef,
  translationApiRef,
  type DiscoveryApi,
  type EvaluatePermissionRequest,
  type PermissionApi,
  type StorageApi,
  type TranslationApi,
} from '@callboard/core-plugin-api';
import type { JsonObject } from '@callboard/types';
import { createApiMocks } from './createApiMocks';
import { MockAlertApi } from './MockAlertApi';
import { MockAnalyticsApi } from './MockAnalyticsApi';
import { MockConfigApi } from './MockConfigApi';
import { MockErrorApi, type MockErrorApiOptions } from './MockErrorApi';
import { MockFeatureFlagsApi } from './MockFeatureFlagsApi';
import { MockFetchApi, type MockFetchApiOptions } from './MockFetchApi';
import { MockIdentityApi, type MockIdentityOptions } from './MockIdentityApi';
import { MockPermissionApi } from './MockPermissionApi';
import { MockStorageApi } from './MockStorageApi';

const CONFIG_METHODS = [
  ...(['has', 'keys', 'get', 'getOptional', 'getConfig', 'getOptionalConfig', 'getConfigArray', 'getOptionalConfigArray'] as const),
  ...(['getString', 'getOptionalString', 'getNumber', 'getOptionalNumber', 'getBoolean', 'getOptionalBoolean'] as const),
  ...(['getStringArray', 'getOptionalStringArray'] as const),
];

type Decide = (request: EvaluatePermissionRequest) => AuthorizeResult;

/** The APIs every app has, for tests: `mockApis.config({ data })` works, `.mock()` is all mocks, and `.factory()` is for an app. */
export const mockApis = {
  alert: createApiMocks(alertApiRef, ['post', 'alert$'], () => new MockAlertApi()),
  analytics: createApiMocks(analyticsApiRef, ['captureEvent'], () => new MockAnalyticsApi()),
  config: createApiMocks(configApiRef, CONFIG_METHODS, ({ data = {} }: { data?: JsonObject } = {}) => new MockConfigApi(data)),
  discovery: createApiMocks(
    discoveryApiRef,
    ['getBaseUrl'],
    ({ baseUrl = 'http://example.com' }: { baseUrl?: string } = {}): DiscoveryApi => ({
      getBaseUrl: async pluginId => `${baseUrl}/api/${pluginId}`,
    }),
  ),
  error: createApiMocks(errorApiRef, ['post', 'error$'], (options?: MockErrorApiOptions) => new MockErrorApi(options)),
  featureFlags: createApiMocks(
    featureFlagsApiRef,
    ['registerFlag', 'getRegisteredFlags', 'isActive', 'save'],
    (options?: ConstructorParameters<typeof MockFeatureFlagsApi>[0]) => new MockFeatureFlagsApi(options),
  ),
  fetch: createApiMocks(fetchApiRef, ['fetch'], (options?: MockFetchApiOptions) => new MockFetchApi(options)),
  identity: createApiMocks(
    identityApiRef,
    ['getProfileInfo', 'getBackstageIdentity', 'getCredentials', 'signOut'],
    (options?: MockIdentityOptions) => new MockIdentityApi(options),
  ),
  permission: createApiMocks(
    permissionApiRef,
    ['authorize'],
    ({ authorize = AuthorizeResult.ALLOW }: { authorize?: AuthorizeResult | Decide } = {}): PermissionApi =>
      new MockPermissionApi(typeof authorize === 'function' ? authorize : () => authorize),
  ),
  storage: createApiMocks(
    storageApiRef,
    ['forBucket', 'set', 'update', 'remove', 'snapshot', 'observe$'],
    ({ data }: { data?: JsonObject } = {}): StorageApi => MockStorageApi.create(data),
  ),
  translation: createApiMocks(
    translationApiRef,
    ['getMessages', 'changes$'],
    (): TranslationApi => new TranslationStore({ languageApi: new AppLanguageSelector() }),
  ),
};
