import { createPlugin, defineInstallation, type JsonObject } from '@callboard/core-plugin-api';
import { defineEntityColumn, entityRouteRef, type EntityCell } from '@callboard/plugin-catalog-react';
import { currentPath, renderInTestApp, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { beforeEach, expect, it, vi } from 'vitest';
import { CatalogIndexPage } from '../../plugin';

const NoteCell: EntityCell = ({ entity }) => {
  if (entity.metadata.name === 'cart-service') {
    throw new Error('broken on purpose');
  }
  return <>{entity.metadata.annotations?.['backstage.io/source-location'] && 'noted'}</>;
};
const load = vi.fn(async () => NoteCell);

const installation = defineInstallation({
  plugin: createPlugin({ id: 'notes' }),
  title: 'Notes',
  extensions: [
    defineEntityColumn({ title: 'Notes', cell: load, kinds: ['component'], filter: 'type:service', fields: ['metadata.annotations'] }),
  ],
});

function renderIndex(search: string, config?: JsonObject) {
  return renderInTestApp(
    <Routes>
      <Route path="/catalog" element={<CatalogIndexPage />} />
    </Routes>,
    { path: `/catalog${search}`, config, installed: [{ installation }], mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
}

/** The cell of an entity in the last column, also behind an open menu. */
const cellOf = (name: RegExp) => within(screen.getByRole('row', { name, hidden: true })).getAllByRole('cell', { hidden: true }).at(-1)?.textContent;

const asksForAnnotations = (request: string) => /fields=[^&]*metadata\.annotations/.test(request);
const columnHead = () => screen.queryByRole('columnheader', { name: 'Notes' });

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
});

it('a column of a plugin is offered, loaded when it is chosen, and asks for what it reads', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { requests } = startMockBackend();
  renderIndex('?columns=owner');
  await screen.findByRole('row', { name: /Ledger service/ });
  expect(columnHead()).toBeNull();
  expect(load).not.toHaveBeenCalled();
  expect(requests.some(asksForAnnotations)).toBe(false);

  fireEvent.click(screen.getByRole('button', { name: 'Columns' }));
  fireEvent.click(await screen.findByRole('menuitemcheckbox', { name: 'Notes', checked: false }));
  await waitFor(() => expect(currentPath()).toBe('/catalog?columns=owner,notes'));
  await waitFor(() => expect(cellOf(/Ledger service/)).toBe('noted'));
  expect(load).toHaveBeenCalledTimes(1);
  expect(requests.some(asksForAnnotations)).toBe(true);
  // Not what it is for, and one whose cell fails: the rest of the table stands.
  expect(cellOf(/ledger-web/)).toBe('');
  expect(cellOf(/Cart service/)).toBe('Failed');
});

it('a column is not offered for other kinds', async () => {
  startMockBackend();
  renderIndex('?kind=api&columns=owner,notes');
  await screen.findByRole('row', { name: /ledger-api/ });
  expect(columnHead()).toBeNull();
});

it('configuration shows it to who has not chosen columns', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  startMockBackend();
  renderIndex('', { app: { extensions: [{ 'entity-column:notes': { config: { shown: true, title: 'Notes' } } }] } });
  expect(await screen.findByRole('columnheader', { name: 'Notes' })).toBeTruthy();
});
