import { accessibilityViolations, currentPath, renderInTestApp, startMockBackend, type TestAppOptions } from '@callboard/test-utils';
import { createRouteRef } from '@callboard/core-plugin-api';
import { entityRouteRef } from '@callboard/plugin-catalog-react';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { expect, it, vi } from 'vitest';
import { CatalogIndexPage, catalogPlugin, CatalogQuickSearch } from '../../plugin';

const searchPage = createRouteRef({ id: 'search' });

function renderSearch(options: TestAppOptions = {}) {
  const onClose = vi.fn();
  renderInTestApp(
    <>
      <CatalogQuickSearch onClose={onClose} />
      <Routes>
        <Route path="/catalog" element={<CatalogIndexPage />} />
        <Route path="*" element={<p>Elsewhere</p>} />
      </Routes>
    </>,
    { ...options, mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef, '/find': searchPage } },
  );
  return onClose;
}

const type = async (text: string) =>
  fireEvent.change(await screen.findByRole('combobox', { name: 'Search the catalog' }), { target: { value: text } });

it('finds entities by name, those that start so first, and opens one by Enter', async () => {
  startMockBackend();
  const onClose = renderSearch();
  await type('search');
  const options = await screen.findAllByRole('option');
  expect(options[0]?.textContent).toContain('search-');
  expect(options[0]?.getAttribute('aria-selected')).toBe('true');
  const field = screen.getByRole('combobox', { name: 'Search the catalog' });
  fireEvent.keyDown(field, { key: 'ArrowDown' });
  expect(screen.getAllByRole('option')[1]?.getAttribute('aria-selected')).toBe('true');
  expect(field.getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[1]?.id);
  expect(await accessibilityViolations()).toEqual([]);
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(onClose).toHaveBeenCalled();
  await waitFor(() => expect(currentPath()).toMatch(/^\/catalog\/default\//));
});

it('leads to all results in the table', async () => {
  startMockBackend();
  renderSearch();
  await type('a');
  fireEvent.click(await screen.findByRole('option', { name: /Show all/ }));
  await waitFor(() => expect(currentPath()).toBe('/catalog?kind=all&q=a'));
});

it('starts with what one looked at last', async () => {
  localStorage.setItem('/recentEntities/entityRefs', '["component:default/cart-web","component:default/gone"]');
  startMockBackend();
  renderSearch();
  await waitFor(async () => expect(await screen.findAllByRole('option')).toHaveLength(1));
  expect(screen.getByRole('option').textContent).toContain('cart-web');
});

it('says so when nothing is called so', async () => {
  startMockBackend();
  renderSearch();
  await type('zzz');
  expect(await screen.findByText(/Nothing called “zzz”/)).toBeTruthy();
});

it('leads on to the page that searches everything, if only by Enter', async () => {
  startMockBackend();
  renderSearch({ bindRoutes: ({ bind }) => bind(catalogPlugin.externalRoutes, { search: searchPage }) });
  await type('z & z');
  expect(await screen.findByText(/Nothing called “z & z”/)).toBeTruthy();
  expect(screen.getByRole('option', { name: /Search descriptions/ })).toBeTruthy();
  fireEvent.keyDown(screen.getByRole('combobox', { name: 'Search the catalog' }), { key: 'Enter' });
  await waitFor(() => expect(currentPath()).toBe('/find?q=z & z'));
});

it('says that it searches, and what went wrong', async () => {
  const backend = startMockBackend();
  let fail: (answer: Response) => void = () => undefined;
  backend.override(/by-query/, () => new Promise<Response>(resolve => (fail = resolve)));
  renderSearch();
  await type('ledger');
  expect(await screen.findByTestId('progress')).toBeTruthy();
  await waitFor(() => expect(backend.requests.some(line => /by-query/.test(line))).toBe(true));
  const refusal = () => Response.json({ error: { name: 'Error', message: 'the disk is full' } }, { status: 500 });
  backend.override(/by-query/, refusal);
  fail(refusal());
  expect((await screen.findByRole('alert')).textContent).toContain('the disk is full');
  expect(screen.queryByTestId('progress')).toBeNull();
});
