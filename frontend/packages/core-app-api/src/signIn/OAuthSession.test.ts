import { UserIdentity } from '@callboard/core-components';
import { type PendingOAuthRequest } from '@callboard/core-plugin-api';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { OAuthRequestManager } from './OAuthRequestManager';
import { OAuthSession } from './OAuthSession';

const token = (seconds: number) => `h.${btoa(JSON.stringify({ exp: 1000 + seconds }))}.s${seconds}`;
const answer = (seconds: number, scope = 'read:user') =>
  Response.json({
    profile: {},
    providerInfo: { accessToken: 'theirs', idToken: 'id', scope },
    backstageIdentity: { token: token(seconds), identity: { type: 'user', userEntityRef: 'user:default/ada', ownershipEntityRefs: [] } },
  });

const network = vi.fn<(url: string, init?: RequestInit) => Promise<Response>>();
beforeEach(() => {
  network.mockReset();
  vi.stubGlobal('fetch', network);
});

let now = 1000_000;
const open = (options: Partial<ConstructorParameters<typeof OAuthSession>[0]> = {}) =>
  new OAuthSession(
    { provider: { id: 'github', title: 'GitHub' }, authBaseUrl: 'http://portal/api/auth', environment: 'production', ...options },
    () => now,
  );

describe('a session', () => {
  it('is renewed before it ends, once for all who wait, and at once when its token was refused', async () => {
    now = 1000_000;
    network.mockImplementation(async () => answer(600));
    const session = open();
    await Promise.all([session.getBackstageIdentity(), session.getProfile(), session.getAccessToken()]);
    expect(network.mock.calls.map(([url]) => url)).toEqual(['http://portal/api/auth/github/refresh?env=production']);
    now += 300_000;
    await session.getProfile();
    expect(network).toHaveBeenCalledTimes(1);
    now += 150_000;
    network.mockImplementation(async () => answer(9000));
    expect(await session.getBackstageIdentity()).toMatchObject({
      token: token(9000),
      identity: { userEntityRef: 'user:default/ada' },
      expiresAt: new Date(10_000_000),
    });
    session.forget();
    await session.getProfile();
    expect(network).toHaveBeenCalledTimes(3);
  });

  it('that has ended is an error for whoever is signed in by it, and nothing for those who ask', async () => {
    network.mockImplementation(async () => answer(6000));
    const session = open();
    const entered = await session.getBackstageIdentity();
    const who = UserIdentity.create({ identity: entered?.identity as never, authApi: session });
    expect((await who.getCredentials()).token).toBe(token(6000));
    network.mockImplementation(async () => new Response(null, { status: 401 }));
    session.forget();
    await expect(who.getCredentials()).rejects.toThrow('Your session has ended');
    expect(await session.getAccessToken('repo', { optional: true })).toBe('');
  });

  it('that the portal cannot renew now is an error, not an end', async () => {
    network.mockImplementation(async () => new Response(null, { status: 503 }));
    await expect(open().getProfile({ optional: true })).rejects.toThrow('the portal answered 503');
  });

  it('asks for scopes that it does not have yet', async () => {
    network.mockImplementation(async () => answer(6000));
    const session = open();
    expect(await session.getAccessToken('read:user')).toBe('theirs');
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    await expect(session.getAccessToken(['repo'])).rejects.toThrow('did not open the sign-in window');
    expect(new URL(String(opened.mock.calls[0]?.[0])).searchParams.get('scope')).toBe('read:user repo');
  });

  it('with a provider that the portal does not have says so, without a window', async () => {
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    const unconfigured = open({ isOffered: false });
    await expect(unconfigured.getAccessToken('repo')).rejects.toThrow('This portal has no sign-in with GitHub');
    await expect(unconfigured.signIn()).rejects.toThrow('auth.providers.github');
    expect(await unconfigured.getAccessToken('repo', { optional: true })).toBe('');
    expect(network).not.toHaveBeenCalled();
    network.mockImplementation(async () => new Response(null, { status: 404 }));
    await expect(open().getIdToken()).rejects.toThrow('This portal has no sign-in with GitHub');
    expect(opened).not.toHaveBeenCalled();
  });

  it('waits for the person to agree before a window opens, unless they have clicked just now', async () => {
    network.mockImplementation(async () => new Response(null, { status: 401 }));
    const oauthRequestApi = new OAuthRequestManager();
    let requests: PendingOAuthRequest[] = [];
    oauthRequestApi.authRequest$().subscribe(now => void (requests = now));
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    const session = open({ oauthRequestApi });
    const waiting = Promise.allSettled([session.getAccessToken('repo'), session.getAccessToken('gist')]);
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    expect(opened).not.toHaveBeenCalled();
    await expect(requests[0]?.trigger()).rejects.toThrow('did not open the sign-in window');
    expect(new URL(String(opened.mock.calls[0]?.[0])).searchParams.get('scope')).toBe('repo gist');
    requests[0]?.reject();
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(session.getAccessToken('repo', { instantPopup: true })).rejects.toThrow('did not open the sign-in window');
  });
});
