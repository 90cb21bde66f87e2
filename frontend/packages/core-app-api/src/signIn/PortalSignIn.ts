import { UserIdentity } from '@callboard/core-components/UserIdentity';
import type { ConfigApi, IdentityApi, SignInApi, SignInEntry, SignInProvider } from '@callboard/core-plugin-api';
import { rememberProvider } from './AppIdentity';
import { enterAsGuest, enterByProxy, sessionOf } from './providers';
import { enterQuietly, takeEntry } from './quietEntry';
import { takeRedirectFailure } from './redirectFlow';

/** Signs people in with the portal's providers. */
export class PortalSignIn implements SignInApi {
  constructor(private readonly config: ConfigApi) {}

  async enterQuietly(offered?: readonly SignInProvider[]): Promise<SignInEntry> {
    const begun = offered ? undefined : takeEntry();
    return begun ?? enterQuietly(this.config, offered);
  }

  async enter({ id, kind }: SignInProvider): Promise<IdentityApi> {
    if (kind === 'guest') {
      const identity = await enterAsGuest(this.config);
      rememberProvider(id);
      return identity;
    }
    const session = sessionOf(id, this.config);
    // Before, too: a page that is left to sign in has to know whom to ask for the session when it is come back to.
    rememberProvider(id);
    await session.signIn();
    const entered = await session.getBackstageIdentity({ optional: true });
    if (!entered) {
      throw new Error('Failed to sign-in, unable to resolve user identity');
    }
    return UserIdentity.create({ identity: entered.identity, authApi: session });
  }

  enterByProxy(provider: string, headers?: HeadersInit): Promise<IdentityApi> {
    return enterByProxy(this.config, provider, headers);
  }

  remember(provider: string): void {
    rememberProvider(provider);
  }

  takeFailure(params: URLSearchParams): Error | undefined {
    return takeRedirectFailure(params);
  }
}
