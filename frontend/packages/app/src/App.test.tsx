import { createApp, FlatRoutes, installedRoutes } from '@callboard/core-app-api';
import { catalogPlugin, CatalogIndexPage } from '@callboard/plugin-catalog';
import { startMockBackend } from '@callboard/test-utils';
import { render, screen, within } from '@testing-library/react';
import { MemoryRouter, Route } from 'react-router-dom';
import { afterEach, expect, it } from 'vitest';
import { packages } from 'virtual:callboard/packages';
import { app, root } from './App';

afterEach(() => window.history.replaceState(undefined, '', '/'));

it('is made of the plugins that lie in the workspace, the catalog first', async () => {
  startMockBackend();
  render(root);
  const navigation = await screen.findByRole('navigation', { name: 'Main' });
  const titles = within(navigation).getAllByRole('link').map(({ textContent }) => textContent);
  expect(titles).toEqual(expect.arrayContaining(['Catalog', 'Register component', 'Plugins']));
  const ids = app.getPlugins().map(plugin => plugin.getId());
  expect(ids).toEqual(expect.arrayContaining(['catalog', 'catalog-import', 'plugins']));
  expect(new Set(ids).size).toBe(ids.length);
});

it('has nothing wrong with what is installed, without any configuration', () => {
  let problems: readonly string[] | undefined;
  createApp({ packages }).createRoot(installation => {
    problems = installation.problems;
    return <FlatRoutes>{installedRoutes(installation)}</FlatRoutes>;
  });
  expect(problems).toEqual([]);
});

it('can be put together by hand, as the plugin guide shows it', async () => {
  startMockBackend();
  const routes = (
    <FlatRoutes>
      <Route path="/catalog" element={<CatalogIndexPage />} />
    </FlatRoutes>
  );
  const byHand = createApp({ plugins: [catalogPlugin] });
  render(<MemoryRouter initialEntries={['/catalog']}>{byHand.createProvider(routes)}</MemoryRouter>);
  expect(await screen.findByRole('heading', { name: /Components|Catalog/ })).toBeTruthy();
});
