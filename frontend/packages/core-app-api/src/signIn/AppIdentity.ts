import type { IdentityApi, ProfileInfo, UserIdentity } from '@callboard/core-plugin-api';

const LAST_PROVIDER = 'callboard.signIn.provider';
const HAS_LEFT = 'callboard.signIn.left';

/** Whoever has signed in. Until somebody has, those who ask wait. */
export class AppIdentity implements IdentityApi {
  private resolve: (identity: IdentityApi) => void = () => undefined;
  private target = new Promise<IdentityApi>(resolve => (this.resolve = resolve));

  /** Makes somebody the one who is signed in. */
  setTarget(identity: IdentityApi): void {
    this.resolve(identity);
    this.target = Promise.resolve(identity);
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return (await this.target).getProfileInfo();
  }

  async getBackstageIdentity(): Promise<UserIdentity> {
    return (await this.target).getBackstageIdentity();
  }

  async getCredentials(): Promise<{ token?: string }> {
    return (await this.target).getCredentials();
  }

  async signOut(): Promise<void> {
    localStorage.removeItem(LAST_PROVIDER);
    // Who leaves wants to see that they have left, and not to be let in again at once.
    localStorage.setItem(HAS_LEFT, '1');
    await (await this.target).signOut();
  }

  /** Drops the token, say because the backend refused it; the next request asks for another. */
  forget(): void {
    void this.target.then(identity => (identity as { forget?(): void }).forget?.());
  }
}

/** By what a person came in the last time. */
export function lastProvider(): string | undefined {
  return localStorage.getItem(LAST_PROVIDER) ?? undefined;
}

/** Whether the person has signed out of this browser. */
export function hasLeft(): boolean {
  return localStorage.getItem(HAS_LEFT) !== null;
}

/** Remembers by what a person came in. */
export function rememberProvider(id: string): void {
  localStorage.setItem(LAST_PROVIDER, id);
  localStorage.removeItem(HAS_LEFT);
}
