import type { Entity } from '@callboard/catalog-model';
import { createApiFactory, createApiRef, createPlugin, defineInstallation } from '@callboard/core-plugin-api';
import { defineEntityColumn, defineEntityValues, entityRouteRef, NoSourceOfValuesError, type EntityCell } from '@callboard/plugin-catalog-react';
import { currentPath, renderInTestApp, sampleEntities, startMockBackend } from '@callboard/test-utils';
import type { JsonObject } from '@callboard/types';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useCsvFiles } from '../../fixtures/exported.fixture';
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

interface Budgets {
  remaining(names: string[]): Promise<Record<string, number>>;
}
const budgetsApiRef = createApiRef<Budgets>({ id: 'budgets' });
const remaining = vi.fn<Budgets['remaining']>();

const budgets = defineEntityValues({
  deps: { budgets: budgetsApiRef },
  load: async (apis, entities) => {
    const left = await apis.budgets.remaining(entities.map(({ metadata }) => metadata.name));
    return entities.map(({ metadata }) => left[metadata.name]);
  },
});

/** Columns whose values are read for all rows at once, and that can be sorted and put in a file. */
const batched = defineInstallation({
  plugin: createPlugin({ id: 'budgets', apis: [createApiFactory(budgetsApiRef, { remaining })] }),
  title: 'Budgets',
  extensions: [
    defineEntityColumn({
      title: 'Budget',
      filter: 'type:service',
      values: async () => budgets,
      text: (_, value) => (value === undefined ? 'unlimited' : `${value} %`),
    }),
    defineEntityColumn({
      name: 'tier',
      title: 'Tier',
      sortField: 'metadata.labels.tier',
      fields: ['metadata.labels'],
      text: ({ metadata }) => metadata.labels?.tier ?? '',
      shown: config => config.has('tiers'),
    }),
  ],
});

/** A few of each type are enough, and quickly looked through. */
const ENTITIES = sampleEntities().filter(({ kind, metadata }) => kind === 'API' || ['ledger-service', 'ledger-web', 'cart-service'].includes(metadata.name));

function renderIndex(search: string, config?: JsonObject) {
  return renderInTestApp(
    <Routes>
      <Route path="/catalog" element={<CatalogIndexPage />} />
    </Routes>,
    { path: `/catalog${search}`, config, installed: [{ installation }, { installation: batched }], mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
}

// By their texts: in jsdom, a role and a name take a hundred times as long to find in a table.
const nameOf = (name: string) => screen.getByText(name, { selector: 'tr *' });
const findName = (name: string) => screen.findByText(name, { selector: 'tr *' });
const headOf = (title: string) => screen.queryByText(title, { selector: 'th, th *' });
const findHead = (title: string) => screen.findByText(title, { selector: 'th, th *' });

/** What stands in the last column of an entity's row. */
const cellOf = (name: string) => nameOf(name).closest('tr')?.lastElementChild?.textContent;

const asksForAnnotations = (request: string) => /fields=[^&]*metadata\.annotations/.test(request);

beforeEach(() => {
  remaining.mockReset().mockImplementation(async () => ({ 'ledger-service': 40 }));
  // All rows are in view, so that none comes later.
  vi.stubGlobal('innerHeight', 10_000);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
});

it('a column of a plugin is offered, loaded when it is chosen, and asks for what it reads', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { requests } = startMockBackend(ENTITIES);
  renderIndex('?columns=owner');
  await findName('Ledger service');
  expect(headOf('Notes')).toBeNull();
  expect(load).not.toHaveBeenCalled();
  expect(requests.some(asksForAnnotations)).toBe(false);

  fireEvent.click(screen.getByLabelText('Columns'));
  fireEvent.click(await screen.findByRole('menuitemcheckbox', { name: 'Notes', checked: false }));
  await waitFor(() => expect(currentPath()).toBe('/catalog?columns=owner,notes'));
  await waitFor(() => expect(cellOf('Ledger service')).toBe('noted'));
  expect(load).toHaveBeenCalledTimes(1);
  expect(requests.some(asksForAnnotations)).toBe(true);
  // Not what it is for, and one whose cell fails: the rest of the table stands.
  expect(cellOf('ledger-web')).toBe('');
  expect(cellOf('Cart service')).toBe('Failed');
});

it('a column is not offered for other kinds', async () => {
  startMockBackend(ENTITIES);
  renderIndex('?kind=api&columns=owner,notes');
  await findName('ledger-api');
  expect(headOf('Notes')).toBeNull();
});

it('configuration shows it to who has not chosen columns', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  startMockBackend(ENTITIES);
  renderIndex('', { app: { extensions: [{ 'entity-column:notes': { config: { shown: true, title: 'Notes' } } }] } });
  expect(await findHead('Notes')).toBeTruthy();
});

describe('a column that is shown while nobody has chosen', () => {
  const SHOWN = { app: { extensions: [{ 'entity-column:budgets': { config: { shown: true } } }] } };

  it('may depend on the configuration', async () => {
    startMockBackend(ENTITIES);
    const { unmount } = renderIndex('', { tiers: {} });
    expect(await findHead('Tier')).toBeTruthy();
    unmount();
    renderIndex('');
    await findName('Ledger service');
    expect(headOf('Tier')).toBeNull();
  });

  it('is left out where it is for nothing on the page', async () => {
    startMockBackend(ENTITIES);
    renderIndex('?type=website', SHOWN);
    await findName('ledger-web');
    expect(headOf('Budget')).toBeNull();
    expect(remaining).not.toHaveBeenCalled();
    fireEvent.click(screen.getByLabelText('Remove filter Type website'));
    await waitFor(() => expect(cellOf('Ledger service')).toBe('40 %'));
  });

  it('is left out where there is nothing to read its values from', async () => {
    remaining.mockRejectedValue(new NoSourceOfValuesError('no budgets here'));
    startMockBackend(ENTITIES);
    renderIndex('', SHOWN);
    await waitFor(() => expect(remaining).toHaveBeenCalledTimes(1));
    await waitFor(() => expect(headOf('Budget')).toBeNull());
    expect(nameOf('Ledger service')).toBeTruthy();
  });
});

describe('a column whose values are read at once', () => {
  const services = ENTITIES.filter(({ kind, spec }) => kind === 'Component' && spec?.type === 'service');

  it('asks once for all rows that it is for', async () => {
    startMockBackend(ENTITIES);
    renderIndex('?columns=budgets');
    await waitFor(() => expect(cellOf('Ledger service')).toBe('40 %'));
    expect(cellOf('Cart service')).toBe('unlimited');
    expect(cellOf('ledger-web')).toBe('');
    expect(remaining).toHaveBeenCalledTimes(1);
    expect(remaining.mock.calls[0]?.[0].toSorted()).toEqual(services.map(({ metadata }) => metadata.name).toSorted());
  });

  it('says in each cell that they could not be read', async () => {
    remaining.mockRejectedValue(new Error('the budget service is down'));
    startMockBackend(ENTITIES);
    renderIndex('?columns=budgets');
    const failed = () => screen.queryAllByText('Failed');
    await waitFor(() => expect(failed()).toHaveLength(services.length), { timeout: 10_000 });
    expect(failed()[0]?.title).toBe('the budget service is down');
  });

  it('takes a loader that forgets some for one that failed', async () => {
    vi.spyOn(budgets, 'load').mockResolvedValue([1]);
    startMockBackend(ENTITIES);
    renderIndex('?columns=budgets');
    expect((await screen.findAllByText('Failed', undefined, { timeout: 10_000 }))[0]?.title).toMatch(/^1 values were read of \d+ entities$/);
  });
});

it('a column of a plugin is sorted by what the server orders by', async () => {
  const { requests } = startMockBackend(ENTITIES);
  renderIndex('?columns=budgets,budgets/tier');
  fireEvent.click(await findHead('Tier'));
  expect(headOf('Budget')?.closest('th')?.querySelector('button')).toBeNull();
  await waitFor(() => expect(currentPath()).toBe('/catalog?sort=metadata.labels.tier&columns=budgets,budgets/tier'));
  await waitFor(() => expect(requests.some(request => request.includes('orderField=metadata.labels.tier,asc'))).toBe(true));
});

describe('the CSV file', () => {
  const { files, exported } = useCsvFiles();

  it('has the columns of plugins that have a text', async () => {
    const golden = (entity: Entity): Entity => ({ ...entity, metadata: { ...entity.metadata, labels: { tier: 'gold' } } });
    startMockBackend(ENTITIES.map(entity => (entity.metadata.name === 'ledger-service' ? golden(entity) : entity)));
    renderIndex('?columns=budgets,budgets/tier');
    await findName('Ledger service');
    const [head, ...lines] = await exported();
    expect(head).toMatch(/,Budget,Tier$/);
    expect(lines.find(line => line.includes('ledger-service'))).toMatch(/,40 %,gold$/);
    expect(lines.find(line => line.includes('cart-service'))).toMatch(/,unlimited,$/);
    expect(lines.find(line => line.includes('ledger-web'))).toMatch(/,,$/);
  });

  it('is not made where a column cannot be read', async () => {
    const { requests } = startMockBackend(ENTITIES);
    renderIndex('?columns=budgets');
    await waitFor(() => expect(cellOf('Ledger service')).toBe('40 %'));
    remaining.mockRejectedValue(new Error('the budget service is down'));
    fireEvent.click(screen.getByLabelText('Export as CSV'));
    await waitFor(() => expect(requests.some(request => request.includes('limit=1000'))).toBe(true));
    await waitFor(() => expect(screen.getByLabelText('Export as CSV')).toBeTruthy());
    expect(files).toEqual([]);
  });
});
