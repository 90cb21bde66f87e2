import type { IdentityApi, ProfileInfo, UserIdentity } from '@callboard/core-plugin-api';
import { claimsOf } from '../lib/claimsOf';

/** Who is signed in as they said themselves, with a token from elsewhere if they have one. It lasts as long as the page. */
export class CustomIdentity implements IdentityApi {
  constructor(private readonly entered: { userId: string; idToken?: string }) {}

  async getProfileInfo(): Promise<ProfileInfo> {
    return { displayName: this.entered.userId };
  }

  async getBackstageIdentity(): Promise<UserIdentity> {
    const { userId, idToken } = this.entered;
    // A token of the portal says whose it is, and the portal goes by that.
    const { sub = `user:default/${userId.toLowerCase()}`, ent = [] } = idToken ? claimsOf(idToken) : {};
    return { type: 'user', userEntityRef: sub, ownershipEntityRefs: ent };
  }

  async getCredentials(): Promise<{ token?: string }> {
    return { token: this.entered.idToken };
  }

  async signOut(): Promise<void> {
    window.location.reload();
  }
}
