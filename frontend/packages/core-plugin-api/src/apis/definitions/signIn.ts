import { createApiRef } from '../ApiRef';
import type { IdentityApi } from './identity';

/** A way to sign in. */
export interface SignInProvider {
  id: string;
  title: string;
  /** A guest needs no more than to come in, a custom one says who they are; the others show a window of their own. */
  kind: 'guest' | 'oauth' | 'custom';
}

/** Whoever comes in without being asked, or what to ask. */
export type SignInEntry = { identity: IdentityApi } | { providers: SignInProvider[]; error?: Error };

/** How people come in, for pages that they sign in on. */
export interface SignInApi {
  /** Lets those in who need not be asked, and else says what there is to ask: of the providers that are offered, or of all of the portal's. */
  enterQuietly(offered?: readonly SignInProvider[]): Promise<SignInEntry>;
  /** Lets a person in by the provider they chose. */
  enter(provider: SignInProvider): Promise<IdentityApi>;
  /** Lets a person in whom something in front of the portal has signed in already. */
  enterByProxy(provider: string, headers?: HeadersInit): Promise<IdentityApi>;
  /** Remembers by what a person came in, so that they need not be asked the next time. */
  remember(provider: string): void;
  /** What went wrong at a provider whose page was just come back from; told once. */
  takeFailure(params: URLSearchParams): Error | undefined;
}

export const signInApiRef = createApiRef<SignInApi>({ id: 'core.sign-in' });
