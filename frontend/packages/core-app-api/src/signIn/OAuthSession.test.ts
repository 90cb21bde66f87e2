import { beforeEach, describe, expect, it, vi } from 'vitest';
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
const open = () =>
  new OAuthSession({ provider: 'github', authBaseUrl: 'http://portal/api/auth', environment: 'production' }, () => now);

describe('a session', () => {
  it('is renewed before it ends, once for all who wait, and at once when its token was refused', async () => {
    now = 1000_000;
    network.mockImplementation(async () => answer(600));
    const session = open();
    await Promise.all([session.getCredentials(), session.getProfileInfo(), session.getBackstageIdentity()]);
    expect(network.mock.calls.map(([url]) => url)).toEqual(['http://portal/api/auth/github/refresh?env=production']);
    now += 300_000;
    await session.getCredentials();
    expect(network).toHaveBeenCalledTimes(1);
    now += 150_000;
    network.mockImplementation(async () => answer(9000));
    expect((await session.getCredentials()).token).toBe(token(9000));
    session.forget();
    await session.getCredentials();
    expect(network).toHaveBeenCalledTimes(3);
  });

  it('that has ended is an error for those who need it, and nothing for those who ask', async () => {
    network.mockImplementation(async () => new Response(null, { status: 401 }));
    const session = open();
    expect(await session.resume()).toBe(false);
    await expect(session.getCredentials()).rejects.toThrow('Your session has ended');
    expect(await session.getAccessToken('repo', { optional: true })).toBe('');
  });

  it('that the portal cannot renew now is an error, not an end', async () => {
    network.mockImplementation(async () => new Response(null, { status: 503 }));
    await expect(open().resume()).rejects.toThrow('the portal answered 503');
  });

  it('asks for scopes that it does not have yet', async () => {
    network.mockImplementation(async () => answer(6000));
    const session = open();
    expect(await session.getAccessToken('read:user')).toBe('theirs');
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    await expect(session.getAccessToken(['repo'])).rejects.toThrow('did not open the sign-in window');
    expect(new URL(String(opened.mock.calls[0]?.[0])).searchParams.get('scope')).toBe('read:user repo');
  });
});
