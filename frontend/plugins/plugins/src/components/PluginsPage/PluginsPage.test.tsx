import { createPlugin, createRoutableExtension, createRouteRef, defineInstallation, definePage } from '@callboard/core-plugin-api';
import { accessibilityViolations, currentPath, renderInstalledPages } from '@callboard/test-utils';
import type { JsonValue } from '@callboard/types';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { installation } from '../../installation';

const radarRef = createRouteRef({ id: 'radar' });
const radarPlugin = createPlugin({ id: 'radar', routes: { root: radarRef } });
const RadarPage = radarPlugin.provide(
  createRoutableExtension({ name: 'RadarPage', mountPoint: radarRef, component: async () => () => <p>The radar</p> }),
);
const radar = defineInstallation({
  plugin: radarPlugin,
  title: 'Tech radar',
  description: 'What to use.',
  extensions: [definePage({ path: '/radar', title: 'Radar', element: <RadarPage /> })],
});

function renderPage(extensions: JsonValue = [], installed: Record<string, unknown>[] = [{ installation }, { installation: radar }]) {
  return renderInstalledPages({ installed, config: { app: { extensions } }, path: '/plugins' });
}

it('lists plugins with versions and extensions, leads to their pages, and axe finds nothing', async () => {
  renderPage();
  const card = await screen.findByRole('region', { name: 'Tech radar' });
  expect(within(card).getByText(/0\.0\.0/)).toBeTruthy();
  expect(within(card).getByText('What to use.')).toBeTruthy();
  expect(within(card).getByText('nav-item:radar')).toBeTruthy();
  expect(await accessibilityViolations()).toEqual([]);
  fireEvent.click(within(card).getByRole('link', { name: '/radar' }));
  expect(await screen.findByText('The radar')).toBeTruthy();
});

it('says what is off, and what of the configuration is not used', async () => {
  renderPage(['page:rader', { 'plugin:radar': false }]);
  expect(await screen.findByText('A part of the configuration is not used')).toBeTruthy();
  expect(screen.getByText(/nothing installed has the id 'page:rader'/)).toBeTruthy();
  expect(within(screen.getByRole('region', { name: 'Tech radar' })).getAllByText('Off')).toHaveLength(3);
});

it('is filtered by what one types, which is in the address', async () => {
  renderPage();
  fireEvent.change(await screen.findByRole('searchbox'), { target: { value: 'nav-item:radar' } });
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Plugins' })).toBeNull());
  expect(currentPath()).toBe('/plugins?filter=nav-item:radar');
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'weather' } });
  expect(await screen.findByText('No plugin called “weather”')).toBeTruthy();
});

it('has a link to suggest one, which configuration may change', async () => {
  renderInstalledPages({
    installed: [{ installation }],
    config: { app: { pluginSuggestionUrl: 'https://suggest.example' } },
    path: '/plugins',
  });
  const link = await screen.findByRole('link', { name: /Suggest a plugin/ });
  expect(link.getAttribute('href')).toBe('https://suggest.example');
});
