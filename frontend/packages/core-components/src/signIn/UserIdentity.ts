import { AuthenticationError } from '@callboard/errors';
import type { BackstageIdentityApi, IdentityApi, ProfileInfo, ProfileInfoApi, SessionApi, UserIdentity as Identity } from '@callboard/core-plugin-api';

/** Who is signed in by a session with a provider. */
export class UserIdentity implements IdentityApi {
  private constructor(
    private readonly identity: Identity,
    private readonly authApi: ProfileInfoApi & BackstageIdentityApi & SessionApi & { forget?(): void },
    private readonly profile?: ProfileInfo,
  ) {}

  static create(options: {
    identity: Identity;
    authApi: ProfileInfoApi & BackstageIdentityApi & SessionApi;
    /** How the person is shown; the session knows where it is not said. */
    profile?: ProfileInfo;
  }): IdentityApi {
    return new UserIdentity(options.identity, options.authApi, options.profile);
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return this.profile ?? (await this.authApi.getProfile({ optional: true })) ?? {};
  }

  async getBackstageIdentity(): Promise<Identity> {
    return this.identity;
  }

  async getCredentials(): Promise<{ token?: string }> {
    const session = await this.authApi.getBackstageIdentity({ optional: true });
    if (!session) {
      throw new AuthenticationError('Your session has ended. Load the page anew to sign in again.');
    }
    return { token: session.token };
  }

  async signOut(): Promise<void> {
    await this.authApi.signOut();
  }

  /** Has the next request ask for a new token, say because the backend refused this one. */
  forget(): void {
    this.authApi.forget?.();
  }
}
