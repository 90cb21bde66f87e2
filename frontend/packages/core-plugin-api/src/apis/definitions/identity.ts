import { createApiRef } from '../ApiRef';

/** How a person is shown. */
export interface ProfileInfo {
  email?: string;
  displayName?: string;
  picture?: string;
}

/** Who a person is to the catalog. */
export interface UserIdentity {
  type: 'user';
  userEntityRef: string;
  /** The person's own reference and those of the groups they act for. */
  ownershipEntityRefs: string[];
}

/** The signed-in person. */
export interface IdentityApi {
  getProfileInfo(): Promise<ProfileInfo>;
  getBackstageIdentity(): Promise<UserIdentity>;
  getCredentials(): Promise<{ token?: string }>;
  signOut(): Promise<void>;
}

export const identityApiRef = createApiRef<IdentityApi>({ id: 'core.identity' });
