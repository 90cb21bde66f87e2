import { OAuthRequestManager } from '@callboard/core-app-api';
import { identityApiRef, oauthRequestApiRef } from '@callboard/core-plugin-api';
import { accessibilityViolations, mockApis, renderInTestApp, TestApiProvider } from '@callboard/test-utils';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AutoLogout, OAuthRequestDialog } from '..';

describe('the dialog of sign-ins that are waited for', () => {
  const provider = { id: 'github', title: 'GitHub' };

  function renderDialog() {
    const requestApi = new OAuthRequestManager();
    renderInTestApp(
      <TestApiProvider apis={[[oauthRequestApiRef, requestApi]]}>
        <OAuthRequestDialog />
      </TestApiProvider>,
      { config: { app: { title: 'Acme' } } },
    );
    return requestApi;
  }

  it('asks once for all that wait, tells what failed, and goes when it is done', async () => {
    const onAuthRequest = vi.fn<(scopes: Set<string>) => Promise<string>>().mockRejectedValueOnce(new Error('The window was closed'));
    const ask = renderDialog().createAuthRequester({ provider, onAuthRequest });
    expect(screen.queryByRole('dialog')).toBeNull();
    const [first, second] = [ask(new Set(['repo'])), ask(new Set(['gist', 'repo']))];
    const button = await screen.findByRole('button', { name: 'Sign in with GitHub' });
    expect(screen.getByText(/so that Acme may/)).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);

    fireEvent.click(button);
    expect((await screen.findByRole('alert')).textContent).toContain('The window was closed');
    onAuthRequest.mockResolvedValue('token');
    fireEvent.click(button);
    expect(await Promise.all([first, second])).toEqual(['token', 'token']);
    expect([...(onAuthRequest.mock.lastCall?.[0] ?? [])]).toEqual(['repo', 'gist']);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('lets those who wait know that the person will not', async () => {
    const ask = renderDialog().createAuthRequester({ provider, onAuthRequest: async () => 'token' });
    const waiting = expect(ask(new Set())).rejects.toThrow('You did not sign in with GitHub');
    fireEvent.click(await screen.findByRole('button', { name: 'Not now' }));
    await waiting;
  });

  it('is not waited for where there is none', async () => {
    const ask = new OAuthRequestManager().createAuthRequester({ provider, onAuthRequest: async scopes => [...scopes].join() });
    expect(await ask(new Set(['repo']))).toBe('repo');
  });
});

describe('who is not at the screen', () => {
  const signOut = vi.fn(async () => undefined);
  beforeEach(() => {
    signOut.mockClear();
    vi.useFakeTimers({ shouldAdvanceTime: true });
  });
  afterEach(() => vi.useRealTimers());

  const renderIdle = (autologout: Record<string, boolean | number>) =>
    renderInTestApp(
      <TestApiProvider apis={[[identityApiRef, mockApis.identity.mock({ signOut })]]}>
        <AutoLogout />
      </TestApiProvider>,
      { config: { auth: { autologout } } },
    );
  const pass = (minutes: number) => act(() => vi.advanceTimersByTimeAsync(minutes * 60_000));

  it('is asked, and signed out without an answer', async () => {
    await renderIdle({ enabled: true, idleTimeoutMinutes: 5, promptBeforeIdleSeconds: 60 });
    await vi.waitFor(() => expect(localStorage.getItem('callboard.lastSeen')).toBeTruthy());
    await pass(4.2);
    expect(screen.getByRole('dialog', { name: 'Are you still there?' })).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Stay signed in' }));
    await pass(4.5);
    expect(signOut).not.toHaveBeenCalled();
    // Moving the mouse is no answer once one is asked.
    fireEvent.pointerMove(window);
    await pass(1);
    expect(signOut).toHaveBeenCalledTimes(1);
  });

  it('stays while there are signs of them', async () => {
    await renderIdle({ enabled: true, idleTimeoutMinutes: 5 });
    for (let minute = 0; minute < 12; minute += 4) {
      await pass(4);
      fireEvent.keyDown(window);
    }
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(signOut).not.toHaveBeenCalled();
  });

  it('is signed out when they come back to a page that was closed long ago, unless that is turned off', async () => {
    const longAgo = () => localStorage.setItem('callboard.lastSeen', String(Date.now() - 10 * 60_000));
    longAgo();
    const { unmount } = renderIdle({ enabled: true, idleTimeoutMinutes: 5, logoutIfDisconnected: false });
    await pass(0.1);
    expect(signOut).not.toHaveBeenCalled();
    unmount();
    longAgo();
    renderIdle({ enabled: true, idleTimeoutMinutes: 5 });
    await pass(0.1);
    expect(signOut).toHaveBeenCalledTimes(1);
  });

  it('is nobody’s business unless configuration says so', async () => {
    await renderIdle({ idleTimeoutMinutes: 1 });
    await pass(3);
    expect(localStorage.getItem('callboard.lastSeen')).toBeNull();
  });
});
