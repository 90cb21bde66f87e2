import { object, text } from './json';
import type { OAuthFlow } from './security';

/** What asks for a token, on whose behalf and for what. */
export interface TokenRequest {
  flow: OAuthFlow;
  clientId: string;
  clientSecret: string;
  user: string;
  password: string;
  scopes: readonly string[];
}

/** What a token is got with besides. */
export interface TokenMeans {
  /** Asks an address of the API or of who gives its tokens. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** The portal's page that takes what a provider answers. */
  redirectUrl: string;
}

/** Why no token was got, for people to be told in their language. */
export class OAuthError extends Error {
  override name = 'OAuthError';

  constructor(
    readonly reason: 'popupBlocked' | 'popupClosed' | 'insecurePage' | 'badAddress' | 'otherState' | 'noToken' | 'refused' | 'unreachable',
    /** What the provider said of it, or the address that is meant. */
    readonly detail = '',
    options?: ErrorOptions,
  ) {
    super(`${reason} ${detail}`.trim(), options);
  }
}

/** What the page at `redirectUrl` sends. */
export const ANSWER = 'api-docs-oauth2-answer';
const POLL_MS = 200;

/** Whether a person says yes in a window of the provider's. */
export function isInteractive({ kind }: OAuthFlow): boolean {
  return kind === 'authorizationCode' || kind === 'implicit';
}

/** Gets a token. To be called right from a click where the flow is interactive: browsers open no window otherwise. */
export function obtainToken(request: TokenRequest, means: TokenMeans): Promise<string> {
  const { flow, user, password } = request;
  if (isInteractive(flow)) {
    return obtainByPopup(request, means);
  }
  const grant: Record<string, string> =
    flow.kind === 'password' ? { grant_type: 'password', username: user, password } : { grant_type: 'client_credentials' };
  return askForToken(flow.tokenUrl, request, { ...grant, ...scopeOf(request) }, means);
}

async function obtainByPopup(request: TokenRequest, means: TokenMeans): Promise<string> {
  const popup = window.open('', 'api-docs-oauth2', 'width=520,height=720');
  if (!popup) {
    throw new OAuthError('popupBlocked');
  }
  try {
    const { authorizationUrl, tokenUrl } = await addressesOf(request.flow, means);
    const state = randomText();
    const verifier = randomText();
    const isImplicit = request.flow.kind === 'implicit';
    const address = webAddress(authorizationUrl);
    const parameters = {
      response_type: isImplicit ? 'token' : 'code',
      client_id: request.clientId,
      redirect_uri: means.redirectUrl,
      ...scopeOf(request),
      state,
      ...(!isImplicit && { code_challenge: await challengeOf(verifier), code_challenge_method: 'S256' }),
    };
    for (const [name, value] of Object.entries(parameters)) {
      address.searchParams.set(name, value);
    }
    const answer = await answerOf(popup, address);
    if (answer.get('state') !== state) {
      throw new OAuthError('otherState');
    }
    const error = answer.get('error');
    if (error) {
      throw new OAuthError('refused', answer.get('error_description') ?? error);
    }
    if (isImplicit) {
      return tokenIn(answer.get('access_token'));
    }
    const grant = { grant_type: 'authorization_code', code: answer.get('code') ?? '', redirect_uri: means.redirectUrl, code_verifier: verifier };
    return await askForToken(tokenUrl, request, grant, means);
  } finally {
    popup.close();
  }
}

/** RFC 6749, section 3.3: a scope that is sent names at least one. */
function scopeOf({ scopes }: TokenRequest): { scope?: string } {
  return scopes.length > 0 ? { scope: scopes.join(' ') } : {};
}

async function addressesOf(flow: OAuthFlow, means: TokenMeans): Promise<Pick<OAuthFlow, 'authorizationUrl' | 'tokenUrl'>> {
  if (!flow.discoveryUrl) {
    return flow;
  }
  const document = object(await (await means.fetch(webAddress(flow.discoveryUrl).href)).json());
  return { authorizationUrl: text(document.authorization_endpoint), tokenUrl: text(document.token_endpoint) };
}

/** Where a window may be led to. A definition could name a script, which would then run as the portal's own. */
function webAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new OAuthError('badAddress', address);
  }
  return url;
}

/** What the provider answers in the window. Any page may send messages; only the portal's own, in that very window, is believed. */
function answerOf(popup: Window, address: URL): Promise<URLSearchParams> {
  return new Promise((resolve, reject) => {
    const onMessage = ({ source, origin, data }: MessageEvent<{ type?: string; answer?: string } | undefined>) => {
      if (source === popup && origin === window.location.origin && data?.type === ANSWER) {
        finish(() => resolve(new URLSearchParams(data.answer)));
      }
    };
    let wasClosed = false;
    const timer = setInterval(() => {
      // A window that closes itself right after its message may be seen closed before the message is.
      if (popup.closed && wasClosed) {
        finish(() => reject(new OAuthError('popupClosed')));
      }
      wasClosed = popup.closed;
    }, POLL_MS);
    const finish = (done: () => void) => {
      window.removeEventListener('message', onMessage);
      clearInterval(timer);
      done();
    };
    window.addEventListener('message', onMessage);
    popup.location.replace(address.href);
  });
}

async function askForToken(url: string, request: TokenRequest, grant: Record<string, string>, means: TokenMeans): Promise<string> {
  const { clientId, clientSecret } = request;
  const response = await means.fetch(webAddress(url).href, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...grant, client_id: clientId, ...(clientSecret && { client_secret: clientSecret }) }).toString(),
  });
  const answer = object(await response.json().catch(() => undefined));
  if (!response.ok || answer.error !== undefined) {
    throw new OAuthError('refused', text(answer.error_description) || text(answer.error) || `${response.status} ${response.statusText}`.trim());
  }
  return tokenIn(answer.access_token);
}

function tokenIn(token: unknown): string {
  if (typeof token !== 'string' || token === '') {
    throw new OAuthError('noToken');
  }
  return token;
}

function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challengeOf(verifier: string): Promise<string> {
  // Browsers have it on pages of https and of the own machine only.
  if (!window.isSecureContext) {
    throw new OAuthError('insecurePage');
  }
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
