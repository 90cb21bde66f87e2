import { createExternalRouteRef, createPlugin, createRoutableExtension, createRouteRef, useRouteRef } from '@callboard/core-plugin-api';
import { startMockBackend } from '@callboard/test-utils';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createDevApp } from './DevAppBuilder';

const rootRef = createRouteRef({ id: 'alone' });
const outside = createExternalRouteRef({ id: 'outside' });
const plugin = createPlugin({ id: 'alone', routes: { root: rootRef }, externalRoutes: { outside } });
const Page = plugin.provide(
  createRoutableExtension({
    name: 'Page',
    mountPoint: rootRef,
    component: async () => () => <a href={useRouteRef(outside)()}>A page with a link out</a>,
  }),
);

it('serves a plugin alone, at its first page, with links to nowhere else', async () => {
  startMockBackend();
  render(createDevApp().registerPlugin(plugin).addPage({ element: <Page />, title: 'Alone', path: '/alone' }).build());
  expect((await screen.findByRole('link', { name: 'A page with a link out' })).getAttribute('href')).toBe('/elsewhere');
  expect(screen.getByRole('link', { name: 'Alone' }).getAttribute('aria-current')).toBe('page');
  window.history.replaceState(undefined, '', '/');
});
