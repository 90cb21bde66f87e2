import type { IdentityApi, ProfileInfo, UserIdentity } from '@callboard/core-plugin-api';

export interface MockIdentityOptions extends ProfileInfo {
  /** `user:default/test` by itself. */
  userEntityRef?: string;
  /** The person's own reference by itself. */
  ownershipEntityRefs?: string[];
  token?: string;
}

/** Somebody who is signed in. */
export class MockIdentityApi implements IdentityApi {
  constructor(private readonly options: MockIdentityOptions = {}) {}

  async getProfileInfo(): Promise<ProfileInfo> {
    const { email, displayName, picture } = this.options;
    return { email, displayName, picture };
  }

  async getBackstageIdentity(): Promise<UserIdentity> {
    const { userEntityRef = 'user:default/test', ownershipEntityRefs = [userEntityRef] } = this.options;
    return { type: 'user', userEntityRef, ownershipEntityRefs };
  }

  async getCredentials(): Promise<{ token?: string }> {
    return { token: this.options.token };
  }

  async signOut(): Promise<void> {}
}
