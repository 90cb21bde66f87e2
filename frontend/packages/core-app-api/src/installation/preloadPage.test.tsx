import { createPlugin, createRoutableExtension, createRouteRef, defineInstallation, definePage } from '@callboard/core-plugin-api';
import { render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../app/config/loadConfig';
import { createApp } from '../app/createApp';
import { FlatRoutes } from '../routing/FlatRoutes';
import { install } from './install';
import { installedRoutes } from './installedRoutes';
import { preloadPage } from './preloadPage';

function installPages() {
  const plugin = createPlugin({ id: 'shop' });
  const loaders = { list: vi.fn(async () => () => null), item: vi.fn(async () => () => 'Item') };
  const List = plugin.provide(createRoutableExtension({ name: 'List', component: loaders.list, mountPoint: createRouteRef({ id: 'list' }) }));
  const Item = plugin.provide(createRoutableExtension({ name: 'Item', component: loaders.item, mountPoint: createRouteRef({ id: 'item', params: ['id'] }) }));
  const installation = defineInstallation({
    plugin,
    title: 'Shop',
    extensions: [
      definePage({ path: '/shop', title: 'Shop', element: <List /> }),
      definePage({ name: 'item', path: '/shop/:id', element: <Item /> }),
    ],
  });
  const packages = [{ name: 'shop', version: '1', exports: { installation } }];
  return { loaders, packages, installation: install(packages, loadConfig({})) };
}

describe('the page that an address leads to', () => {
  it.each([
    ['/shop', 'list'],
    ['/shop/7/history', 'item'],
    ['/', 'list'],
    ['/elsewhere', 'list'],
  ] as const)('begins to load: %s', (path, expected) => {
    const { loaders, installation } = installPages();
    void preloadPage(installation, path);
    const called = Object.entries(loaders).filter(([, loader]) => loader.mock.calls.length > 0);
    expect(called.map(([name]) => name)).toEqual([expected]);
  });

  it('does so when the app is made, before anything is shown', async () => {
    window.history.replaceState(undefined, '', '/portal/shop/7');
    const { loaders, packages } = installPages();
    const app = createApp({ packages, config: { app: { baseUrl: 'http://localhost:3000/portal' } } });
    const Root = app.createRoot(installed => <FlatRoutes>{installedRoutes(installed)}</FlatRoutes>);
    expect(loaders.item).toHaveBeenCalledOnce();
    await app.firstPageLoaded();
    render(<Root />);
    // Not a moment later.
    expect(screen.getByText('Item')).toBeTruthy();
    window.history.replaceState(undefined, '', '/');
  });
});
