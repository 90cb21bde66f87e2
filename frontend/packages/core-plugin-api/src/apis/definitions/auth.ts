import type { Observable } from '@callboard/types';
import type { IconComponent } from '../../app/useApp';
import { createApiRef, type ApiRef } from '../ApiRef';
import type { ProfileInfo, UserIdentity } from './identity';

/** Whom a person signs in with. */
export interface AuthProviderInfo {
  /** As the portal's configuration names it, such as `github`. */
  id: string;
  title: string;
  icon?: IconComponent;
}

export const SessionState = { SignedIn: 'SignedIn', SignedOut: 'SignedOut' } as const;
export type SessionState = (typeof SessionState)[keyof typeof SessionState];

/** How a token is asked for. */
export interface AuthRequestOptions {
  /** Answers nothing instead of asking the person to sign in. */
  optional?: boolean;
  /** Opens the provider's window at once, without asking first: for what a person has just clicked. */
  instantPopup?: boolean;
}

/** What a token is to allow, one or several. */
export type OAuthScope = string | readonly string[];

/** Tokens for somebody else's service, in the name of the person. */
export interface OAuthApi {
  /** A token with the scopes; asks the person to sign in where there is none. Empty where `optional` and there is none. */
  getAccessToken(scope?: OAuthScope, options?: AuthRequestOptions): Promise<string>;
}

export interface OpenIdConnectApi {
  getIdToken(options?: AuthRequestOptions): Promise<string>;
}

export interface ProfileInfoApi {
  getProfile(options?: AuthRequestOptions): Promise<ProfileInfo | undefined>;
}

/** Who the person is to the catalog, with the portal's token for them. */
export interface BackstageIdentityResponse {
  token: string;
  expiresAt?: Date;
  identity: UserIdentity;
}

export interface BackstageIdentityApi {
  getBackstageIdentity(options?: AuthRequestOptions): Promise<BackstageIdentityResponse | undefined>;
}

export interface SessionApi {
  signIn(): Promise<void>;
  signOut(): Promise<void>;
  sessionState$(): Observable<SessionState>;
}

/** A person's session with one of the portal's sign-in providers. */
export type AuthApi = OAuthApi & OpenIdConnectApi & ProfileInfoApi & BackstageIdentityApi & SessionApi;

const authApiRef = (name: string): ApiRef<AuthApi> => createApiRef({ id: `core.auth.${name}` });

export const atlassianAuthApiRef = authApiRef('atlassian');
export const bitbucketAuthApiRef = authApiRef('bitbucket');
export const bitbucketServerAuthApiRef = authApiRef('bitbucket-server');
export const githubAuthApiRef = authApiRef('github');
export const gitlabAuthApiRef = authApiRef('gitlab');
export const googleAuthApiRef = authApiRef('google');
export const microsoftAuthApiRef = authApiRef('microsoft');
export const oidcAuthApiRef = authApiRef('oidc');
export const oktaAuthApiRef = authApiRef('okta');
export const oneloginAuthApiRef = authApiRef('onelogin');
export const openshiftAuthApiRef = authApiRef('openshift');
export const vmwareCloudAuthApiRef = authApiRef('vmware-cloud');
