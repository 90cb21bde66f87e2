import { mockApis } from '@callboard/test-utils';
import { expect, it, vi } from 'vitest';
import { GithubAuth, OAuth2 } from './authApis';
import { OAuthRequestManager } from './OAuthRequestManager';

const configApi = mockApis.config({ data: { backend: { baseUrl: 'http://portal' }, auth: { environment: 'production', providers: { workshop: {}, github: {} } } } });
const common = { configApi, discoveryApi: mockApis.discovery(), oauthRequestApi: new OAuthRequestManager() };

/** Where the window is sent that a person signs in in. */
async function windowOf(session: { signIn(): Promise<void> }) {
  const open = vi.spyOn(window, 'open').mockReturnValue(null);
  await expect(session.signIn()).rejects.toThrow('did not open the sign-in window');
  const { pathname, searchParams } = new URL(String(open.mock.lastCall?.[0]));
  return { pathname, env: searchParams.get('env'), scope: searchParams.get('scope') };
}

it('an app names a provider of its own', async () => {
  const session = OAuth2.create({ ...common, provider: { id: 'workshop', title: 'The workshop' }, defaultScopes: ['openid', 'email'] });
  expect(await windowOf(session)).toEqual({ pathname: '/api/auth/workshop/start', env: 'production', scope: 'openid email' });
});

it('an app takes a known provider, and says what differs', async () => {
  expect(await windowOf(GithubAuth.create(common))).toEqual({ pathname: '/api/auth/github/start', env: 'production', scope: null });
  const enterprise = GithubAuth.create({ ...common, provider: { id: 'workshop', title: 'Our GitHub' }, environment: 'test' });
  expect(await windowOf(enterprise)).toEqual({ pathname: '/api/auth/workshop/start', env: 'test', scope: null });
});

it('a provider that the portal has not is told by the name that the app gives it', async () => {
  const session = OAuth2.create({ ...common, provider: { id: 'nowhere', title: 'Nowhere' } });
  await expect(session.getAccessToken('read')).rejects.toThrow('This portal has no sign-in with Nowhere');
});
