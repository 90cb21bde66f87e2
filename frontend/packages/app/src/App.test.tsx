import { createApp, FlatRoutes, installedRoutes } from '@callboard/core-app-api';
import { InstalledAppShell } from '@callboard/core-components';
import { createTranslationResource, type MessageTree, type PluginInstallation, type TranslationRef } from '@callboard/core-plugin-api';
import { catalogPlugin, CatalogIndexPage } from '@callboard/plugin-catalog';
import { catalogReactTranslationRef } from '@callboard/plugin-catalog-react';
import { startMockBackend } from '@callboard/test-utils';
import { render, screen, waitFor, within } from '@testing-library/react';
import { MemoryRouter, Route } from 'react-router-dom';
import { afterEach, expect, it } from 'vitest';
import { packages } from 'virtual:callboard/packages';
import { app, createRoot } from './App';

afterEach(() => window.history.replaceState(undefined, '', '/'));

it('is made of the plugins that lie in the workspace, the catalog first', async () => {
  startMockBackend();
  const Root = createRoot();
  render(<Root />);
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

/** The texts of a plugin, each with a mark around it. */
function marked(messages: MessageTree): MessageTree {
  const mark = (value: MessageTree[string]): MessageTree[string] =>
    typeof value === 'string' ? `[${value}]` : typeof value === 'function' ? (...values) => `[${value(...values)}]` : marked(value);
  return Object.fromEntries(Object.entries(messages).map(([name, value]) => [name, mark(value)]));
}

it('is in another language where a translation says so, navigation and pages alike', async () => {
  startMockBackend();
  const translations = packages.map(({ exports }) => (exports.installation as PluginInstallation | undefined)?.translation);
  const refs = await Promise.all(translations.filter(one => one !== undefined).map(one => (typeof one === 'function' ? one() : one)));
  expect(refs.length).toBeGreaterThan(10);
  const resources = [...refs, catalogReactTranslationRef].map((ref: TranslationRef) => createTranslationResource({ ref, translations: { xx: async () => marked(ref.messages) } }));
  const translated = createApp({ packages, translations: { availableLanguages: ['xx'], resources } });
  const element = translated.createProvider(installation => (
    <InstalledAppShell>
      <FlatRoutes>{installedRoutes(installation)}</FlatRoutes>
    </InstalledAppShell>
  ));
  render(<MemoryRouter initialEntries={['/catalog']}>{element}</MemoryRouter>);
  const navigation = await screen.findByRole('navigation', { name: 'Main' });
  expect(await within(navigation).findByRole('link', { name: '[Catalog]' })).toBeTruthy();
  // Most plugins' texts are loaded for this.
  await waitFor(() => expect(within(navigation).getAllByRole('link').map(({ textContent }) => textContent).filter(title => !title?.startsWith('['))).toEqual([]));
  expect(await screen.findByRole('button', { name: '[Export as CSV]' })).toBeTruthy();
  expect(await screen.findByRole('columnheader', { name: '[Owner]' })).toBeTruthy();
});
