import type { AuthProviderInfo, ConfigApi, DiscoveryApi, OAuthRequestApi } from '@callboard/core-plugin-api';
import type { OAuthSession } from './OAuthSession';
import { sessionOf } from './providers';

/** How an app of Backstage says in its `apis.ts` whom people sign in with. */
export interface AuthApiOptions {
  configApi: ConfigApi;
  /** Without effect: the portal's providers are where its configuration says that the portal is. */
  discoveryApi?: DiscoveryApi;
  oauthRequestApi: OAuthRequestApi;
  /** The provider, by the name that the portal's configuration has for it. */
  provider?: AuthProviderInfo;
  environment?: string;
  /** What every token is to allow. */
  defaultScopes?: string[];
}

function authApi(known: AuthProviderInfo) {
  return {
    create: ({ provider = known, configApi, oauthRequestApi, environment, defaultScopes }: AuthApiOptions): OAuthSession =>
      sessionOf(provider.id, configApi, oauthRequestApi, { provider, environment, defaultScopes }),
  };
}

/** A session with a provider that the app names. */
export const OAuth2 = {
  create: (options: AuthApiOptions & { provider: AuthProviderInfo }): OAuthSession => authApi(options.provider).create(options),
};

export const AtlassianAuth = authApi({ id: 'atlassian', title: 'Atlassian' });
export const BitbucketAuth = authApi({ id: 'bitbucket', title: 'Bitbucket' });
export const BitbucketServerAuth = authApi({ id: 'bitbucketServer', title: 'Bitbucket Server' });
export const GithubAuth = authApi({ id: 'github', title: 'GitHub' });
export const GitlabAuth = authApi({ id: 'gitlab', title: 'GitLab' });
export const GoogleAuth = authApi({ id: 'google', title: 'Google' });
export const MicrosoftAuth = authApi({ id: 'microsoft', title: 'Microsoft' });
export const OktaAuth = authApi({ id: 'okta', title: 'Okta' });
export const OneLoginAuth = authApi({ id: 'onelogin', title: 'OneLogin' });
export const OpenShiftAuth = authApi({ id: 'openshift', title: 'OpenShift' });
export const VMwareCloudAuth = authApi({ id: 'vmwareCloudServices', title: 'VMware Cloud' });
