import type {
  AuthApi,
  AuthProviderInfo,
  AuthRequestOptions,
  BackstageIdentityResponse,
  OAuthRequestApi,
  OAuthRequester,
  ProfileInfo,
  SessionState,
} from '@callboard/core-plugin-api';
import { AuthenticationError, NotFoundError } from '@callboard/errors';
import type { Observable } from '@callboard/types';
import { BehaviorSubject } from '../lib/Subject';
import { signInByPopup } from './oauthPopup';
import { signInByRedirect } from './redirectFlow';
import { expiryOf, isSession, type Session } from './session';

/** A token is renewed this long before it runs out, so that no request leaves with one about to expire. */
const RENEW_BEFORE_MS = 3 * 60_000;

/** A session with one of the gateway's sign-in providers. Tokens stay in memory; a cookie of the gateway's outlives the page. */
export class OAuthSession implements AuthApi {
  private session: Session | undefined;
  private renewAt = 0;
  private loading: Promise<Session | undefined> | undefined;
  private readonly state = new BehaviorSubject<SessionState>('SignedOut');
  private readonly ask: OAuthRequester<void>;
  private isOffered: boolean;

  constructor(
    private readonly options: {
      provider: AuthProviderInfo;
      /** Such as `https://portal.example.com/api/auth`. */
      authBaseUrl: string;
      environment: string;
      /** What every token of the provider is to allow, whatever else is asked for. */
      defaultScopes?: readonly string[];
      /** Whether the portal has the provider, as far as is known; one that it has not is not asked. */
      isOffered?: boolean;
      /** Leaves the page to sign in, instead of opening a window. */
      byRedirect?: boolean;
      /** Asks the person before a window opens; without, it opens at once. */
      oauthRequestApi?: OAuthRequestApi;
    },
    private readonly now: () => number = Date.now,
  ) {
    const onAuthRequest = (scopes: Set<string>) => this.signIn([...scopes]);
    const { provider, oauthRequestApi, isOffered = true } = options;
    this.isOffered = isOffered;
    this.ask = oauthRequestApi?.createAuthRequester({ provider, onAuthRequest }) ?? onAuthRequest;
  }

  async signIn(scopes: readonly string[] = []): Promise<void> {
    this.requireOffered();
    const { origin, href } = window.location;
    const scope = [...new Set([...(this.options.defaultScopes ?? []), ...scopes])].join(' ');
    if (this.options.byRedirect) {
      return signInByRedirect(this.url('start', { origin, flow: 'redirect', redirectUrl: href, scope }));
    }
    const url = this.url('start', { origin, flow: 'popup', scope });
    const answer = await signInByPopup(url, this.options.provider.id);
    if (!isSession(answer)) {
      throw new Error('The sign-in window answered nothing that is a session');
    }
    this.keep(answer);
  }

  async signOut(): Promise<void> {
    const response = await fetch(this.url('logout'), { method: 'POST', headers: AJAX, credentials: 'include' });
    this.session = undefined;
    this.state.next('SignedOut');
    const { logoutUrl } = response.ok ? await readLogout(response) : {};
    if (logoutUrl && /^https?:/.test(logoutUrl)) {
      window.location.assign(logoutUrl);
    } else {
      window.location.reload();
    }
  }

  async getProfile(options?: AuthRequestOptions): Promise<ProfileInfo | undefined> {
    return (await this.wanted([], options))?.profile;
  }

  async getBackstageIdentity(options?: AuthRequestOptions): Promise<BackstageIdentityResponse | undefined> {
    const identity = (await this.wanted([], options))?.backstageIdentity;
    return identity && { ...identity, expiresAt: new Date(expiryOf(identity.token, this.now())) };
  }

  async getAccessToken(scope: string | readonly string[] = [], options?: AuthRequestOptions): Promise<string> {
    const scopes = typeof scope === 'string' ? scope.split(/\s+/).filter(Boolean) : scope;
    return (await this.wanted(scopes, options))?.providerInfo?.accessToken ?? '';
  }

  async getIdToken(options?: AuthRequestOptions): Promise<string> {
    return (await this.wanted([], options))?.providerInfo?.idToken ?? '';
  }

  sessionState$(): Observable<SessionState> {
    return this.state;
  }

  /** Has the next request ask for a new token, say because the backend refused this one. */
  forget(): void {
    this.renewAt = 0;
  }

  private async wanted(scopes: readonly string[], options: AuthRequestOptions = {}): Promise<Session | undefined> {
    const session = await this.load();
    const granted = session?.providerInfo?.scope.split(/[\s,]+/) ?? [];
    if (options.optional || (session && scopes.every(scope => granted.includes(scope)))) {
      return session;
    }
    this.requireOffered();
    const all = [...granted, ...scopes].filter(Boolean);
    await (options.instantPopup ? this.signIn([...new Set(all)]) : this.ask(new Set(all)));
    return this.session;
  }

  private requireOffered(): void {
    if (!this.isOffered) {
      const { id, title } = this.options.provider;
      const message = `This portal has no sign-in with ${title}. Whoever runs it can add one under auth.providers.${id} in its configuration.`;
      throw new NotFoundError(message);
    }
  }

  private async load(): Promise<Session | undefined> {
    if (!this.isOffered) {
      return undefined;
    }
    if (this.session && this.now() < this.renewAt) {
      return this.session;
    }
    // Those who come meanwhile wait for the same answer.
    this.loading ??= this.refresh().finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async refresh(): Promise<Session | undefined> {
    const response = await fetch(this.url('refresh', { optional: '' }), { headers: AJAX, credentials: 'include' });
    if (response.status === 401 || response.status === 404) {
      // Without its provider the portal would answer the same in the window, where nobody could read it.
      this.isOffered = response.status === 401;
      this.session = undefined;
      this.state.next('SignedOut');
      return undefined;
    }
    const session: unknown = response.ok ? await response.json() : undefined;
    if (!isSession(session)) {
      throw new AuthenticationError(`The session could not be renewed: the portal answered ${response.status}`);
    }
    this.keep(session);
    return session;
  }

  private keep(session: Session): void {
    this.session = session;
    const ends = [
      session.backstageIdentity && expiryOf(session.backstageIdentity.token, this.now()),
      session.providerInfo?.expiresInSeconds && this.now() + session.providerInfo.expiresInSeconds * 1000,
    ].filter(end => typeof end === 'number');
    this.renewAt = Math.min(...ends, this.now() + 60 * 60_000) - RENEW_BEFORE_MS;
    this.state.next('SignedIn');
  }

  private url(action: string, params: Record<string, string> = {}): string {
    const { authBaseUrl, provider: { id }, environment } = this.options;
    const query = new URLSearchParams({ env: environment });
    Object.entries(params).forEach(([name, value]) => value !== '' && query.set(name, value));
    return `${authBaseUrl}/${id}/${action}?${query}`;
  }
}

const AJAX = { 'x-requested-with': 'XMLHttpRequest' };

async function readLogout(response: Response): Promise<{ logoutUrl?: string }> {
  const text = await response.text();
  try {
    return text ? (JSON.parse(text) as { logoutUrl?: string }) : {};
  } catch {
    return {};
  }
}
