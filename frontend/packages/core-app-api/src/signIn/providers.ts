import type { AuthProviderInfo, ConfigApi, IdentityApi, OAuthRequestApi, SignInProvider } from '@callboard/core-plugin-api';
import { ResponseError } from '@callboard/errors';
import { GuestIdentity } from './GuestIdentity';
import { OAuthSession } from './OAuthSession';

/** The providers that portals have, as people know them. */
const TITLES: Readonly<Record<string, string>> = { guest: 'Guest', github: 'GitHub', oidc: 'Single sign-on' };

/** The ways that the page's configuration tells of. */
export function configuredProviders(config: ConfigApi): SignInProvider[] {
  const configured = config.getOptionalConfig('auth.providers')?.keys() ?? ['guest'];
  return configured.map(id => ({ id, title: TITLES[id] ?? id, kind: id === 'guest' ? 'guest' : 'oauth' }));
}

/** The ways that the portal offers, in its order. Where its configuration has no more than guests there is nothing to ask. */
export async function listProviders(config: ConfigApi): Promise<SignInProvider[]> {
  const known = configuredProviders(config);
  if (known.every(({ kind }) => kind === 'guest')) {
    return known;
  }
  const response = await fetch(`${authBaseUrl(config)}/v1/providers`);
  if (response.ok) {
    const { items } = (await response.json()) as { items: SignInProvider[] };
    return items;
  }
  // An older portal does not tell; its configuration does.
  if (response.status === 404) {
    return known;
  }
  throw await ResponseError.fromResponse(response, 'GET');
}

/** Lets a guest in. */
export async function enterAsGuest(config: ConfigApi): Promise<IdentityApi> {
  const identity = new GuestIdentity(authBaseUrl(config));
  await identity.getCredentials();
  return identity;
}

/** Lets a person in whom something in front of the portal has signed in. */
export async function enterByProxy(config: ConfigApi, provider: string, headers?: HeadersInit): Promise<IdentityApi> {
  const identity = new GuestIdentity(authBaseUrl(config), Date.now, { provider, headers });
  await identity.getCredentials();
  return identity;
}

/** The session with a provider; as an app describes it, where it does. */
export function sessionOf(
  provider: string,
  config: ConfigApi,
  oauthRequestApi?: OAuthRequestApi,
  own: { provider?: AuthProviderInfo; environment?: string; defaultScopes?: readonly string[] } = {},
): OAuthSession {
  return new OAuthSession({
    provider: own.provider ?? { id: provider, title: TITLES[provider] ?? provider },
    authBaseUrl: authBaseUrl(config),
    environment: own.environment ?? config.getOptionalString('auth.environment') ?? 'development',
    defaultScopes: own.defaultScopes,
    isOffered: config.getOptionalConfig('auth.providers')?.has(provider),
    byRedirect: config.getOptionalBoolean('enableExperimentalRedirectFlow'),
    oauthRequestApi,
  });
}

function authBaseUrl(config: ConfigApi): string {
  return `${config.getString('backend.baseUrl')}/api/auth`;
}
