import type { IdentityApi, ProfileInfo, UserIdentity } from '@callboard/core-plugin-api';
import { AuthenticationError, ResponseError } from '@callboard/errors';
import { expiryOf, type Session as AnySession } from './session';

type Session = AnySession & Required<Pick<AnySession, 'backstageIdentity'>>;

/** A token is renewed this long before it runs out, so that no request leaves with one about to expire. */
const RENEW_BEFORE_MS = 3 * 60_000;

/** Signs in without a window, as a guest or as whom something in front of the portal says, and keeps the token in memory only. */
export class GuestIdentity implements IdentityApi {
  private session: Promise<Session> | undefined;
  private renewAt = 0;

  constructor(
    private readonly authBaseUrl: string,
    private readonly now: () => number = Date.now,
    private readonly options: { provider?: string; headers?: HeadersInit } = {},
  ) {}

  async getProfileInfo(): Promise<ProfileInfo> {
    return (await this.load()).profile;
  }

  async getBackstageIdentity(): Promise<UserIdentity> {
    return (await this.load()).backstageIdentity.identity;
  }

  async getCredentials(): Promise<{ token?: string }> {
    return { token: (await this.load()).backstageIdentity.token };
  }

  async signOut(): Promise<void> {
    this.forget();
    window.location.reload();
  }

  /** Drops the token, say because the backend refused it; the next request asks for another. */
  forget(): void {
    this.session = undefined;
  }

  private load(): Promise<Session> {
    if (this.session && this.now() < this.renewAt) {
      return this.session;
    }
    const session = this.refresh();
    this.session = session;
    // Until the answer says otherwise: callers that come meanwhile wait for it too.
    this.renewAt = Infinity;
    session.then(
      ({ backstageIdentity }) => {
        this.renewAt = expiryOf(backstageIdentity.token, this.now()) - RENEW_BEFORE_MS;
      },
      () => {
        if (this.session === session) {
          this.session = undefined;
        }
      },
    );
    return session;
  }

  private async refresh(): Promise<Session> {
    const { provider = 'guest', headers } = this.options;
    const response = await fetch(`${this.authBaseUrl}/${provider}/refresh`, {
      headers: { ...Object.fromEntries(new Headers(headers)), 'x-requested-with': 'XMLHttpRequest' },
      credentials: 'include',
    });
    if (!response.ok) {
      throw await refusal(response, provider);
    }
    return (await response.json()) as Session;
  }
}

/** With the status, by which it is told what can be done about it, and the reason, where the portal gave one. */
async function refusal(response: Response, provider: string): Promise<Error> {
  const { message, status } = await ResponseError.fromResponse(response, 'GET');
  const whom = provider === 'guest' ? 'as a guest' : `with ${provider}`;
  return Object.assign(new AuthenticationError(`Signing in ${whom} was refused: ${message}`), { status });
}
