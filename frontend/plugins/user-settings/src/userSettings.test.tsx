import { CatalogClient } from '@callboard/catalog-client';
import { createApiFactory, discoveryApiRef, fetchApiRef } from '@callboard/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, renderInstalledPages, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { installation } from './installation';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const session = (id: string, isCurrent: boolean, userAgent: string | null) => ({
  id,
  provider: 'oidc',
  createdAt: '2026-01-01T10:00:00Z',
  lastUsedAt: '2026-01-02T10:00:00Z',
  expiresAt: '2026-02-01T10:00:00Z',
  userAgent,
  address: '192.0.2.7',
  isCurrent,
});
const providers = [
  { id: 'guest', title: 'Guest', kind: 'guest' },
  { id: 'oidc', title: 'Acme', kind: 'oauth' },
];

function render(options: { sessions?: () => Response; featureFlags?: { name: string; description?: string }[]; languages?: string[] } = {}) {
  const list = [session('a', true, FIREFOX), session('b', false, 'curl/8.0'), session('c', false, null)];
  const backend = startMockBackend();
  backend.override(/^GET \/api\/auth\/v1\/sessions$/, options.sessions ?? (() => Response.json({ items: list })));
  backend.override(/^GET \/api\/auth\/v1\/providers$/, () => Response.json({ items: providers }));
  backend.override(/^DELETE \/api\/auth\/v1\/sessions/, () => new Response(null, { status: 204 }));
  renderInstalledPages({
    installed: [{ installation }],
    apis: [
      createApiFactory({
        api: catalogApiRef,
        deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
        factory: deps => new CatalogClient(deps),
      }),
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    featureFlags: options.featureFlags,
    translations: { availableLanguages: options.languages },
    path: '/settings',
  });
  return { backend, list };
}

const card = (name: string) => screen.findByRole('region', { name });

beforeEach(() => localStorage.clear());

describe('settings', () => {
  it('show who one is and for whom one acts, and axe objects to nothing', async () => {
    render({ featureFlags: [{ name: 'new-table' }] });
    const you = await card('You');
    expect(await within(you).findByRole('link', { name: 'Payments' })).toBeTruthy();
    expect(await within(you).findByText('Not in the catalog')).toBeTruthy();
    expect(within(await card('Ways to sign in')).getByText('Acme')).toBeTruthy();
    await screen.findByText('Firefox on Linux');
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('choose a language where there is more than one', async () => {
    render({ languages: ['en', 'de'] });
    const choice = within(await card('Language')).getByRole('combobox', { name: 'Language of the portal' });
    expect(within(choice).getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['English', 'Deutsch']);
    fireEvent.change(choice, { target: { value: 'de' } });
    expect(document.documentElement.lang).toBe('de');
    expect(localStorage.getItem('language')).toBe('de');
  });

  it('choose a look', async () => {
    render();
    const looks = await screen.findByRole('group', { name: 'Look of the portal' });
    expect(within(looks).getByRole('button', { name: 'Same as system' }).getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(within(looks).getByRole('button', { name: 'Dark' }));
    expect(within(looks).getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(within(looks).getByRole('button', { name: 'Same as system' }));
    expect(within(looks).getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('false');
  });

  it('turn feature flags on and off, and keep them', async () => {
    render({ featureFlags: [{ name: 'new-table', description: 'A quicker table' }] });
    fireEvent.click(await screen.findByRole('switch', { name: /new-table/ }));
    expect(localStorage.getItem('featureFlags')).toBe('{"new-table":1}');
    fireEvent.click(screen.getByRole('switch', { name: /new-table/ }));
    expect(localStorage.getItem('featureFlags')).toBe('{"new-table":0}');
  });
});

describe('sessions', () => {
  it('are listed, and revoked one by one after asking; the current one cannot be', async () => {
    const { backend, list } = render();
    const current = (await screen.findByText('This browser')).closest('tr') as HTMLElement;
    expect(within(current).queryByRole('button')).toBeNull();
    expect(within(current).getByText('Acme')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Revoke the session of curl/8.0' }));
    const dialog = await screen.findByRole('dialog', { name: 'Revoke this session?' });
    expect(backend.requests.some(line => line.startsWith('DELETE'))).toBe(false);
    list.splice(1, 1);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Revoke' }));
    await waitFor(() => expect(screen.queryByText('curl/8.0')).toBeNull());
    expect(backend.requests).toContain('DELETE /api/auth/v1/sessions/b');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('are revoked all but the current one', async () => {
    const { backend } = render();
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke all others' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('The other 2 browsers');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Revoke' }));
    await waitFor(() => expect(backend.requests).toContain('DELETE /api/auth/v1/sessions'));
  });

  it('say in their dialog why one could not be revoked', async () => {
    const { backend } = render();
    const gone = { error: { name: 'NotFoundError', message: 'No such session' } };
    backend.override(/^DELETE/, () => Response.json(gone, { status: 404 }));
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke the session of Unknown browser' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Revoke' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('No such session');
  });

  it('say so when there are none', async () => {
    render({ sessions: () => Response.json({ items: [] }) });
    expect(await screen.findByText('You have no sessions')).toBeTruthy();
  });

  it('say what kept them from being loaded, beside all the rest', async () => {
    render({ sessions: () => Response.json({ error: { name: 'NotAllowedError', message: 'no' } }, { status: 403 }) });
    expect((await within(await card('Sessions')).findByRole('alert')).textContent).toContain('You are not allowed to see this');
    expect(await card('You')).toBeTruthy();
  });
});
