import type { Observable } from '@callboard/types';
import { createApiRef } from '../ApiRef';
import type { AuthProviderInfo } from './auth';

export interface OAuthRequesterOptions<Answer> {
  provider: AuthProviderInfo;
  /** Signs the person in with all scopes that were asked for; called when the person agrees to it. */
  onAuthRequest(scopes: Set<string>): Promise<Answer>;
}

/** Asks for scopes, and answers when the person has signed in for them; an error where they will not. */
export type OAuthRequester<Answer> = (scopes: Set<string>) => Promise<Answer>;

/** What waits for the person to sign in with one provider, with all that was asked of it meanwhile. */
export interface PendingOAuthRequest {
  provider: AuthProviderInfo;
  /** Lets those who wait know that the person will not. */
  reject(): void;
  /** Signs in; an error where that fails, after which the request still waits. */
  trigger(): Promise<void>;
}

/** Gathers who needs the person to sign in somewhere, so that they are asked once, and windows open on their click. */
export interface OAuthRequestApi {
  createAuthRequester<Answer>(options: OAuthRequesterOptions<Answer>): OAuthRequester<Answer>;
  authRequest$(): Observable<PendingOAuthRequest[]>;
}

export const oauthRequestApiRef = createApiRef<OAuthRequestApi>({ id: 'core.oauthrequest' });
