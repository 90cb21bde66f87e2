import type { Entity } from '@callboard/catalog-model';
import { accessibilityViolations, currentPath, renderInTestApp, startMockBackend, type MockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { EntityTable } from '../components/EntityTable';
import { catalogApi } from '../fixtures/catalogApi.fixture';
import { entityRouteRef } from '../routes';
import { CatalogFilterLayout } from './CatalogFilterLayout';
import { useEntityList } from './context';
import { EntityListProvider } from './EntityListProvider';
import type { EntityFilter } from './filters';
import { EntityKindPicker } from './pickers/EntityKindPicker';
import { EntityProcessingStatusPicker } from './pickers/EntityProcessingStatusPicker';
import { EntitySearchBar } from './pickers/EntitySearchBar';
import { EntityTypePicker } from './pickers/EntityTypePicker';
import { UserListPicker } from './pickers/UserListPicker';
import { EntityLifecyclePicker, EntityNamespacePicker, EntityOwnerPicker, EntityTagPicker } from './pickers/valuePickers';
import type { DefaultEntityFilters, EntityListPagination } from './types';

/** A filter of a plugin's own, which the catalog is not asked for. */
class LongNameFilter implements EntityFilter {
  constructor(readonly least: number) {}
  filterEntity = (entity: Entity) => entity.metadata.name.length >= this.least;
  toQueryValue = () => String(this.least);
}

const COLUMNS = [EntityTable.columns.createEntityRefColumn({ defaultKind: 'Component' }), EntityTable.columns.createOwnerColumn(), EntityTable.columns.createSpecTypeColumn()];

/** What a plugin's page does with the list. */
function Results() {
  const list = useEntityList<DefaultEntityFilters & { long?: LongNameFilter }>();
  const { entities, loading, totalItems, pageInfo, error } = list;
  return (
    <>
      <p data-testid="total">{loading ? 'loading' : totalItems}</p>
      {error && <p role="alert">{error.message}</p>}
      <EntityTable title="Results" entities={loading && entities.length === 0 ? undefined : entities} columns={COLUMNS} />
      <button disabled={!pageInfo?.prev} onClick={pageInfo?.prev}>
        Back
      </button>
      <button disabled={!pageInfo?.next} onClick={pageInfo?.next}>
        On
      </button>
      <button onClick={() => list.updateFilters({ long: new LongNameFilter(18) })}>Long names</button>
      <button onClick={() => list.setOffset?.(10)}>Second page</button>
    </>
  );
}

function renderList(search = '', options: { pagination?: EntityListPagination; owned?: boolean } = {}) {
  renderInTestApp(
    <EntityListProvider pagination={options.pagination}>
      <CatalogFilterLayout>
        <CatalogFilterLayout.Filters>
          <EntityKindPicker />
          <UserListPicker initialFilter={options.owned ? 'owned' : 'all'} />
          <EntityTypePicker />
          <EntityOwnerPicker />
          <EntityLifecyclePicker />
          <EntityTagPicker />
          <EntityNamespacePicker />
          <EntityProcessingStatusPicker />
        </CatalogFilterLayout.Filters>
        <CatalogFilterLayout.Content>
          <EntitySearchBar />
          <Results />
        </CatalogFilterLayout.Content>
      </CatalogFilterLayout>
    </EntityListProvider>,
    { path: `/list${search}`, apis: [catalogApi], mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
}

const total = () => screen.getByTestId('total').textContent;
const settled = (count: number) => waitFor(() => expect(total()).toBe(String(count)));
const facet = (name: string) => screen.findByRole('region', { name });
const asked = ({ requests }: MockBackend, path: string) => requests.filter(request => request.includes(`/api/catalog/${path}?`));
const componentsOf = ({ entities }: MockBackend, type?: string) =>
  entities.filter(({ kind, spec }) => kind === 'Component' && (!type || spec?.type === type));

describe('a list that is read page by page', () => {
  it('begins with the kind, asks once, and says how many there are of what', async () => {
    const backend = startMockBackend();
    renderList('', { pagination: true });
    await settled(componentsOf(backend).length);
    const pages = asked(backend, 'entities/by-query').filter(request => !request.includes('limit=0'));
    expect(pages).toEqual(['GET /api/catalog/entities/by-query?limit=20&filter=kind=component&orderField=metadata.name,asc']);
    const services = componentsOf(backend, 'service').length;
    await waitFor(async () => expect((await facet('Type')).textContent).toContain(`service${services}`));
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('asks anew for what is chosen, and writes it into the address', async () => {
    const backend = startMockBackend();
    renderList('?other=1', { pagination: { limit: 10 } });
    fireEvent.click(await within(await facet('Type')).findByRole('checkbox', { name: /service/ }));
    await settled(componentsOf(backend, 'service').length);
    expect(asked(backend, 'entities/by-query').some(request => request.includes('filter=kind=component,spec.type=service'))).toBe(true);
    await waitFor(() => expect(currentPath()).toBe('/list?other=1&filters[kind]=component&filters[type]=service&filters[user]=all'));
    // Another kind has other types.
    fireEvent.click(within(screen.getByRole('region', { name: 'Kind' })).getByRole('button', { name: /Groups/ }));
    await waitFor(() => expect(currentPath()).toBe('/list?other=1&filters[kind]=group&filters[user]=all'));
  });

  it('begins with what the address says', async () => {
    const backend = startMockBackend();
    renderList('?filters[kind]=component&filters[type]=website&filters[lifecycles][0]=production&filters[text]=web', { pagination: true });
    await waitFor(() => expect(total()).not.toBe('loading'));
    expect(((await screen.findByRole('searchbox', { name: 'Search Components by name or title' })) as HTMLInputElement).value).toBe('web');
    expect((await within(await facet('Lifecycle')).findByRole('checkbox', { name: /production/, checked: true }))).toBeTruthy();
    const [page] = asked(backend, 'entities/by-query').filter(request => request.includes('limit=20'));
    expect(page).toContain('filter=kind=component,spec.type=website,spec.lifecycle=production');
    expect(page).toContain('fullTextFilterTerm=web');
  });

  it('is turned, and goes back to the first with another filter', async () => {
    const backend = startMockBackend();
    renderList('', { pagination: { mode: 'cursor', limit: 10 } });
    await settled(componentsOf(backend).length);
    expect(screen.getByRole('button', { name: 'Back' }).hasAttribute('disabled')).toBe(true);
    const first = () => within(screen.getByRole('table')).getAllByRole('link')[0]?.textContent;
    const before = first();
    fireEvent.click(screen.getByRole('button', { name: 'On' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Back' }).hasAttribute('disabled')).toBe(false));
    expect(first()).not.toBe(before);
    fireEvent.click(await within(await facet('Type')).findByRole('checkbox', { name: /service/ }));
    await settled(componentsOf(backend, 'service').length);
    expect(screen.getByRole('button', { name: 'Back' }).hasAttribute('disabled')).toBe(true);
  });

  it('is turned by offset', async () => {
    const backend = startMockBackend();
    renderList('?offset=5', { pagination: { mode: 'offset', limit: 10 } });
    await settled(componentsOf(backend).length);
    expect(asked(backend, 'entities/by-query').some(request => request.includes('limit=10') && request.includes('offset=5'))).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Second page' }));
    await waitFor(() => expect(currentPath()).toContain('offset=10'));
    await waitFor(() => expect(asked(backend, 'entities/by-query').some(request => request.includes('offset=10'))).toBe(true));
  });
});

describe('whose entities are listed', () => {
  it('is what one owns, with counts, and nothing else was asked for before', async () => {
    const backend = startMockBackend();
    renderList('', { pagination: true, owned: true });
    await waitFor(() => expect(Number(total())).toBeGreaterThan(0));
    const pages = asked(backend, 'entities/by-query').filter(request => !request.includes('limit=0'));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('relations.ownedBy=user:default/guest,relations.ownedBy=group:default/payments');
    const all = await screen.findByRole('button', { name: `All ${componentsOf(backend).length}` });
    fireEvent.click(all);
    await settled(componentsOf(backend).length);
    await waitFor(() => expect(currentPath()).toContain('filters[user]=all'));
  });

  it('is everything for who owns nothing', async () => {
    const backend = startMockBackend();
    backend.entities = backend.entities.map(entity => ({ ...entity, relations: [] }));
    renderList('', { pagination: true, owned: true });
    await settled(componentsOf(backend).length);
  });

  it('is what one has starred', async () => {
    localStorage.setItem('/starredEntities/entityRefs', '["component:default/ledger-service"]');
    startMockBackend();
    renderList('?filters[user]=starred', { pagination: true });
    await settled(1);
    expect(await screen.findByRole('link', { name: 'Ledger service' })).toBeTruthy();
  });
});

describe('a list that is read whole', () => {
  it('is filtered by what the catalog is not asked for, such as the filter of a plugin', async () => {
    const backend = startMockBackend();
    backend.override(/GET \/api\/catalog\/entities\?/, () => Response.json(componentsOf(backend)));
    renderList();
    await settled(componentsOf(backend).length);
    expect(asked(backend, 'entities')).toEqual(['GET /api/catalog/entities?filter=kind=component&order=asc:metadata.name']);
    fireEvent.click(screen.getByRole('button', { name: 'Long names' }));
    await settled(componentsOf(backend).filter(({ metadata }) => metadata.name.length >= 18).length);
    await waitFor(() => expect(currentPath()).toContain('filters[long]=18'));
    expect(asked(backend, 'entities')).toHaveLength(1);
  });

  it('says what went wrong', async () => {
    startMockBackend().override(/GET \/api\/catalog\/entities\?/, () =>
      Response.json({ error: { name: 'Error', message: 'Away' } }, { status: 503 }),
    );
    renderList();
    expect((await screen.findByRole('alert')).textContent).toBe('Away');
  });
});
