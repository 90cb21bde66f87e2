import { ProxiedSignInPage, SignInPage, type SignInPageProps } from '@callboard/core-components';
import { fetchApiRef, githubAuthApiRef, identityApiRef, useApi, type AppComponents } from '@callboard/core-plugin-api';
import { accessibilityViolations } from '@callboard/test-utils';
import type { JsonObject } from '@callboard/types';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { MemoryRouter } from 'react-router-dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../app/createApp';

const token = (name: string) => `h.${btoa(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + 3600, name }))}.s`;
const session = (name: string) => ({
  profile: { displayName: name },
  providerInfo: { accessToken: `access of ${name}`, scope: 'read:user' },
  backstageIdentity: {
    token: token(name),
    identity: { type: 'user', userEntityRef: `user:default/${name}`, ownershipEntityRefs: [] },
  },
});

/** A portal's sign-in routes. `remembered` are the providers of which it has a session. */
function startPortal(providers: string[] | number, remembered: string[] = [], guestStatus = 200) {
  const requests: string[] = [];
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = new Request(input instanceof Request ? input : new URL(input, 'http://localhost:3000'), init);
    const { pathname, searchParams } = new URL(request.url);
    requests.push(`${request.method} ${pathname}`);
    if (pathname === '/api/auth/v1/providers') {
      return typeof providers === 'number'
        ? new Response(null, { status: providers })
        : Response.json({ items: providers.map(id => ({ id, title: id.toUpperCase(), kind: id === 'guest' ? 'guest' : 'oauth' })) });
    }
    if (pathname === '/api/auth/guest/refresh') {
      return guestStatus === 200 ? Response.json(session('guest')) : new Response(null, { status: guestStatus });
    }
    const provider = /^\/api\/auth\/(\w+)\/refresh$/.exec(pathname)?.[1];
    if (provider) {
      expect(request.headers.get('x-requested-with')).toBe('XMLHttpRequest');
      expect(searchParams.get('env') ?? 'development').toBe('development');
      return remembered.includes(provider) ? Response.json(session(provider)) : new Response(null, { status: 401 });
    }
    return new Response(pathname === '/api/secret' ? request.headers.get('authorization') : null);
  });
  return requests;
}

function Inside() {
  const identity = useApi(identityApiRef);
  const { fetch } = useApi(fetchApiRef);
  const [name, setName] = useState('');
  useEffect(() => {
    void identity.getProfileInfo().then(profile => setName(String(profile.displayName)));
    void fetch('plugin://secret');
  }, [identity, fetch]);
  return (
    <>
      <h1>Inside</h1>
      {name && <p>{name} is in</p>}
    </>
  );
}

function renderApp(
  config: JsonObject = { auth: { providers: { oidc: {}, github: {}, guest: {} } } },
  Page: AppComponents['SignInPage'] = SignInPage,
  inside = <Inside />,
) {
  const app = createApp({ components: { SignInPage: Page }, config: { organization: { name: 'Acme' }, ...config } });
  return render(<MemoryRouter>{app.createProvider(inside)}</MemoryRouter>);
}

/** Lets the app open a window, which is a frame here. */
function stubPopup() {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const popup = frame.contentWindow as Window & typeof globalThis;
  vi.spyOn(popup, 'close').mockImplementation(() => undefined);
  const opened = vi.spyOn(window, 'open').mockReturnValue(popup);
  const send = (data: unknown, origin = window.location.origin, source: Window = popup) =>
    window.dispatchEvent(new MessageEvent('message', { data, origin, source }));
  return { popup, opened, send };
}

beforeEach(() => sessionStorage.clear());
afterEach(() => document.querySelectorAll('iframe').forEach(frame => frame.remove()));

describe('signing in', () => {
  it('asks nothing where guests are all there is', async () => {
    const requests = startPortal(['guest']);
    renderApp({ auth: { providers: { guest: {} } } });
    expect(await screen.findByText('guest is in')).toBeTruthy();
    expect(requests).not.toContain('GET /api/auth/v1/providers');
  });

  it('takes the ways from the configuration where the portal does not tell', async () => {
    startPortal(404);
    renderApp({ auth: { providers: { github: {}, guest: {} } } });
    expect(await screen.findByRole('button', { name: 'Sign in with GitHub' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Continue as guest' }));
    expect(await screen.findByText('guest is in')).toBeTruthy();
  });

  it('shows a page in which axe finds nothing, and lets in by a window of the provider', async () => {
    startPortal(['github', 'guest']);
    renderApp();
    const button = await screen.findByRole('button', { name: 'Sign in with GITHUB' });
    expect(screen.getByText('Acme')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
    const { opened, send } = stubPopup();
    fireEvent.click(button);
    const url = new URL(String(opened.mock.calls[0]?.[0]));
    expect([url.pathname, Object.fromEntries(url.searchParams)]).toEqual([
      '/api/auth/github/start',
      { env: 'development', flow: 'popup', origin: window.location.origin },
    ]);
    expect(screen.getByRole('status').textContent).toBe('Go on in the window that has opened.');
    // Neither another site nor another window of this one is believed.
    send({ type: 'authorization_response', response: session('mallory') }, 'https://evil.example');
    send({ type: 'authorization_response', response: session('mallory') }, window.location.origin, window);
    send({ type: 'config_info' });
    send({ type: 'authorization_response', response: session('ada') });
    expect(await screen.findByText('ada is in')).toBeTruthy();
    expect(localStorage.getItem('callboard.signIn.provider')).toBe('github');
  });

  it('shows the app at once to those who come back, and the question when they cannot come in', async () => {
    localStorage.setItem('callboard.signIn.provider', 'oidc');
    const requests = startPortal(['oidc', 'guest']);
    renderApp();
    expect(screen.getByText('Inside')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Sign in with OIDC' })).toBeTruthy();
    expect(screen.queryByText('Inside')).toBeNull();
    // What the app wanted to know waited.
    expect(requests).not.toContain('GET /api/secret');
  });

  it('shows nothing of the app to those who must be asked', async () => {
    startPortal(['oidc', 'guest']);
    renderApp();
    expect(screen.queryByText('Inside')).toBeNull();
    expect(await screen.findByRole('button', { name: 'Sign in with OIDC' })).toBeTruthy();
  });

  it('lets those who come back in without a question', async () => {
    localStorage.setItem('callboard.signIn.provider', 'oidc');
    startPortal(['oidc', 'guest'], ['oidc']);
    renderApp();
    expect(await screen.findByText('oidc is in')).toBeTruthy();
  });

  it('asks those whose session has ended', async () => {
    localStorage.setItem('callboard.signIn.provider', 'oidc');
    startPortal(['oidc'], []);
    renderApp();
    expect(await screen.findByRole('button', { name: 'Sign in with OIDC' })).toBeTruthy();
  });

  it('does not let a guest in again who has just left', async () => {
    localStorage.setItem('callboard.signIn.left', '1');
    startPortal(['guest']);
    renderApp();
    fireEvent.click(await screen.findByRole('button', { name: 'Continue as guest' }));
    expect(await screen.findByText('guest is in')).toBeTruthy();
    expect(localStorage.getItem('callboard.signIn.left')).toBeNull();
  });
});

describe('a page that an app configures', () => {
  const page = (own: Partial<SignInPageProps>) => (props: SignInPageProps) => <SignInPage {...props} {...own} />;
  const github = { id: 'github', title: 'Our GitHub', message: 'For all who build', apiRef: githubAuthApiRef };

  it('lets guests in by themselves', async () => {
    startPortal(['oidc', 'guest']);
    renderApp(undefined, page({ auto: true, providers: ['guest'] }));
    expect(await screen.findByText('guest is in')).toBeTruthy();
  });

  it('offers what it names, and signs in by its API', async () => {
    startPortal(['oidc', 'github', 'guest']);
    renderApp(undefined, page({ title: 'The workshop', providers: ['guest', github] }));
    const button = await screen.findByRole('button', { name: 'Sign in with Our GitHub' });
    expect(screen.getAllByRole('button')).toHaveLength(2);
    expect(screen.getByText('For all who build')).toBeTruthy();
    expect(screen.getByText('The workshop')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
    const { send } = stubPopup();
    fireEvent.click(button);
    send({ type: 'authorization_response', response: session('ada') });
    expect(await screen.findByText('ada is in')).toBeTruthy();
  });

  describe('that lets people say who they are', () => {
    const jwt = `h.${btoa(JSON.stringify({ sub: 'user:default/ada', ent: ['group:default/analysts'] }))}.s`.replace(/=/g, '');
    const enter = (userId: string, idToken = '') => {
      fireEvent.change(screen.getByLabelText('User ID'), { target: { value: userId } });
      fireEvent.change(screen.getByLabelText('ID token (optional)'), { target: { value: idToken } });
      fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
    };
    function Identity() {
      const identity = useApi(identityApiRef);
      const [who, setWho] = useState('');
      useEffect(() => {
        void Promise.all([identity.getBackstageIdentity(), identity.getCredentials()]).then(all => setWho(JSON.stringify(all)));
      }, [identity]);
      return <output>{who}</output>;
    }

    it('takes a user by itself', async () => {
      startPortal(['guest']);
      renderApp(undefined, page({ providers: ['guest', 'custom'] }), <Identity />);
      await screen.findByRole('form', { name: 'Your own user' });
      expect(screen.getByRole('button', { name: 'Continue as guest' })).toBeTruthy();
      expect(await accessibilityViolations()).toEqual([]);
      enter(' Grace ');
      await waitFor(() => expect(screen.getByRole('status').textContent).toContain('"userEntityRef":"user:default/grace"'));
      expect(screen.getByRole('status').textContent).not.toContain('token');
      expect(localStorage.getItem('callboard.signIn.provider')).toBeNull();
    });

    it('takes from a token whose it is, and sends it', async () => {
      startPortal(['guest']);
      renderApp(undefined, page({ providers: ['custom'] }), <Identity />);
      await screen.findByRole('form', { name: 'Your own user' });
      enter('anything', jwt);
      await waitFor(() =>
        expect(JSON.parse(screen.getByRole('status').textContent)).toEqual([
          { type: 'user', userEntityRef: 'user:default/ada', ownershipEntityRefs: ['group:default/analysts'] },
          { token: jwt },
        ]),
      );
    });

    it('says what is missing or wrong, and lets nobody in by it', async () => {
      startPortal(['guest']);
      renderApp(undefined, page({ providers: ['custom'] }));
      await screen.findByRole('form', { name: 'Your own user' });
      enter('  ', 'no token');
      expect(screen.getByText('Enter a user ID')).toBeTruthy();
      expect(screen.getByText(/This is no JSON web token/)).toBeTruthy();
      expect(screen.getByLabelText('User ID').getAttribute('aria-invalid')).toBe('true');
      expect(screen.queryByText('Inside')).toBeNull();
      enter('grace');
      expect(await screen.findByText('grace is in')).toBeTruthy();
    });
  });

  it('lets those in who are signed in with its only provider', async () => {
    startPortal(['oidc', 'github'], ['github']);
    renderApp(undefined, page({ auto: true, provider: github }));
    expect(await screen.findByText('github is in')).toBeTruthy();
  });

  it('takes whom a proxy has signed in, and says when it has nobody', async () => {
    startPortal(['guest'], ['iap']);
    renderApp(undefined, props => <ProxiedSignInPage {...props} provider="iap" headers={async () => ({ 'x-hint': 'a' })} />);
    expect(await screen.findByText('iap is in')).toBeTruthy();
    renderApp(undefined, props => <ProxiedSignInPage {...props} provider="alb" />);
    expect(await screen.findByText(/did not sign you in/)).toBeTruthy();
  });
});

describe('signing in without a window', () => {
  const config = { enableExperimentalRedirectFlow: true, auth: { providers: { oidc: {}, guest: {} } } };

  it('leaves the page, to come back to it', async () => {
    startPortal(['oidc']);
    renderApp(config);
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    fireEvent.click(await screen.findByRole('button', { name: 'Sign in with OIDC' }));
    await waitFor(() => expect(opened).toHaveBeenCalled());
    const [address, target] = opened.mock.calls[0] ?? [];
    expect(target).toBe('_self');
    expect(Object.fromEntries(new URL(String(address)).searchParams)).toEqual({
      env: 'development',
      flow: 'redirect',
      origin: window.location.origin,
      redirectUrl: window.location.href,
    });
    expect(localStorage.getItem('callboard.signIn.provider')).toBe('oidc');
  });

  it('says what went wrong there, once', async () => {
    sessionStorage.setItem('callboard.signIn.redirected', '1');
    localStorage.setItem('callboard.signIn.provider', 'oidc');
    startPortal(['oidc'], []);
    const app = createApp({ components: { SignInPage }, config: { organization: { name: 'Acme' }, ...config } });
    render(<MemoryRouter initialEntries={['/catalog?error=Access+denied&kind=api']}>{app.createProvider(<Inside />)}</MemoryRouter>);
    expect((await screen.findByRole('alert')).textContent).toContain('Access denied');
    expect(sessionStorage.getItem('callboard.signIn.redirected')).toBeNull();
  });

  it('leaves an error of a page alone that nobody was sent away from', async () => {
    startPortal(['oidc'], []);
    const app = createApp({ components: { SignInPage }, config: { organization: { name: 'Acme' }, ...config } });
    render(<MemoryRouter initialEntries={['/catalog?error=Mine']}>{app.createProvider(<Inside />)}</MemoryRouter>);
    await screen.findByRole('button', { name: 'Sign in with OIDC' });
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('what goes wrong', () => {
  it('in the window is said on the page', async () => {
    startPortal(['github']);
    renderApp();
    const { send, popup, opened } = stubPopup();
    const button = await screen.findByRole('button', { name: 'Sign in with GITHUB' });
    fireEvent.click(button);
    const message = 'Failed to sign-in, unable to resolve user identity';
    send({ type: 'authorization_response', error: { name: 'NotAllowedError', message } });
    expect(await screen.findByText(message)).toBeTruthy();
    expect(screen.getByText(/not to the portal/)).toBeTruthy();

    fireEvent.click(button);
    Object.defineProperty(popup, 'closed', { value: true });
    expect(await screen.findByText('Login failed, popup was closed')).toBeTruthy();

    opened.mockReturnValue(null);
    await waitFor(() => expect(button).toHaveProperty('disabled', false));
    fireEvent.click(button);
    expect(await screen.findByText(/did not open the sign-in window/)).toBeTruthy();
  });

  it('when a guest is refused', async () => {
    startPortal(['guest'], [], 403);
    renderApp();
    expect(await screen.findByText(/^Signing in as a guest was refused: The server answered 403/)).toBeTruthy();
  });

  it('when the portal is away, and can be tried again', async () => {
    startPortal(503);
    renderApp();
    const retry = await screen.findByRole('button', { name: 'Try again' });
    startPortal(['guest']);
    fireEvent.click(retry);
    expect(await screen.findByText('guest is in')).toBeTruthy();
  });
});
