import type { Observable } from '../../lib/observable';
import { createApiRef } from '../ApiRef';
import type { ProfileInfo, UserIdentity } from './identity';

export type SessionState = 'signedIn' | 'signedOut';

/** How a token is asked for. */
export interface AuthRequestOptions {
  /** Answers nothing instead of asking the person to sign in. */
  optional?: boolean;
}

/** A person's session with somebody else's service, for plugins that act in their name there. */
export interface OAuthApi {
  /** A token with the scopes; asks the person to sign in where there is none. Empty where `optional` and there is none. */
  getAccessToken(scope?: string | readonly string[], options?: AuthRequestOptions): Promise<string>;
  getIdToken(options?: AuthRequestOptions): Promise<string>;
  getProfile(options?: AuthRequestOptions): Promise<ProfileInfo | undefined>;
  getBackstageIdentity(options?: AuthRequestOptions): Promise<UserIdentity | undefined>;
  signIn(): Promise<void>;
  signOut(): Promise<void>;
  sessionState$(): Observable<SessionState>;
}

export const githubAuthApiRef = createApiRef<OAuthApi>({ id: 'core.auth.github' });
export const oidcAuthApiRef = createApiRef<OAuthApi>({ id: 'core.auth.oidc' });
