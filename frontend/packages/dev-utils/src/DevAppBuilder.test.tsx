import { appThemeApiRef, createExternalRouteRef, createPlugin, createRoutableExtension, createRouteRef, githubAuthApiRef, useApi, useRouteRef } from '@callboard/core-plugin-api';
import { startMockBackend } from '@callboard/test-utils';
import { fireEvent, render, screen } from '@testing-library/react';
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

it('has the looks and the ways to sign in that one adds', async () => {
  startMockBackend();
  function Looks() {
    return <p>{useApi(appThemeApiRef).getInstalledThemes().map(({ title }) => title).join(', ')}</p>;
  }
  const github = { id: 'github', title: 'GitHub', message: 'Who can push', apiRef: githubAuthApiRef };
  const app = createDevApp().addThemeProvider({ id: 'paper', title: 'Paper', variant: 'light' }).addSignInProvider(github);
  render(app.addPage({ element: <Looks />, path: '/looks' }).build());
  expect(await screen.findByRole('button', { name: 'Sign in with GitHub' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Continue as guest' }));
  expect(await screen.findByText('Paper')).toBeTruthy();
  window.history.replaceState(undefined, '', '/');
});
