import type { Entity } from '@callboard/catalog-model';
import { createApiFactory, createRouteRef, errorApiRef, type AnyApiFactory } from '@callboard/core-plugin-api';
import { accessibilityViolations, currentPath, renderInTestApp, sampleEntities, startMockBackend } from '@callboard/test-utils';
import { entityRouteRef } from '@callboard/plugin-catalog-react';
import type { JsonObject } from '@callboard/types';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useCsvFiles } from '../../fixtures/exported.fixture';
import { CatalogIndexPage, catalogPlugin } from '../../plugin';

const importPage = createRouteRef({ id: 'import' });

/** What one opens the page with; of itself it begins with what one owns, which is told apart below. */
const EVERYTHING = '?list=all';

function renderIndex(search = EVERYTHING, apis: AnyApiFactory[] = [], config?: JsonObject) {
  return renderInTestApp(
    <Routes>
      <Route path="/catalog" element={<CatalogIndexPage />} />
    </Routes>,
    {
      apis,
      config,
      path: `/catalog${search}`,
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef, '/import': importPage },
      bindRoutes: ({ bind }) => bind(catalogPlugin.externalRoutes, { createComponent: importPage }),
    },
  );
}

/** The names in the table as it is, in their order; none while rows are on their way. */
function shownNames(): (string | null | undefined)[] {
  const table = screen.queryByRole('table');
  return table?.parentElement?.getAttribute('aria-busy') === 'false'
    ? [...table.querySelectorAll('tbody tr')].map(row => row.querySelector('a')?.textContent)
    : [];
}

async function names() {
  await waitFor(() => expect(shownNames()).not.toEqual([]));
  return shownNames();
}

const count = () => screen.findByRole('status', { name: /entit/ });

beforeEach(() => {
  // Wide enough for the filters to stand beside the table.
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
});

describe('the catalog', () => {
  it('shows components with exact counts', async () => {
    startMockBackend();
    renderIndex();
    expect(await names()).toHaveLength(40);
    expect((await count()).textContent).toBe('40');
    expect(screen.getByText('1–40 of 40')).toBeTruthy();
    const kind = screen.getByRole('button', { name: /Components/, pressed: true });
    await waitFor(() => expect(kind.textContent).toBe('Components40'));
  });

  it('holds nothing that axe objects to', async () => {
    startMockBackend(sampleEntities().slice(-6));
    renderIndex();
    expect(await names()).toHaveLength(6);
    await screen.findByRole('checkbox', { name: /service/ });
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('links to entities, and shows owners by their titles', async () => {
    startMockBackend();
    renderIndex();
    const link = await screen.findByRole('link', { name: 'Ledger service' });
    expect(link.getAttribute('href')).toBe('/catalog/default/component/ledger-service');
    expect((await screen.findAllByRole('link', { name: 'Data foundations' }))[0]?.getAttribute('href')).toBe(
      '/catalog/default/group/data-foundations',
    );
  });

  it('filters by facets, keeps them in the URL and lets them be taken away', async () => {
    startMockBackend();
    renderIndex();
    fireEvent.click(await screen.findByRole('checkbox', { name: /website/ }));
    await waitFor(() => expect(currentPath()).toBe('/catalog?type=website'));
    await waitFor(() => expect(shownNames()).toHaveLength(10));
    // The other types can still be added.
    expect(screen.getByRole('checkbox', { name: /library/ })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Remove filter Type website' }));
    await waitFor(() => expect(currentPath()).toBe('/catalog?list=all'));
  });

  it('searches while one types', async () => {
    const backend = startMockBackend();
    renderIndex();
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Search components by name or title' }), {
      target: { value: 'refunds' },
    });
    await waitFor(() => expect(shownNames()).toHaveLength(4));
    expect(currentPath()).toBe('/catalog?q=refunds');
    expect(backend.requests.some(request => request.includes('fullTextFilterTerm=refunds'))).toBe(true);
  });

  it('sorts, and says what the order leaves out', async () => {
    startMockBackend();
    renderIndex();
    fireEvent.click(await screen.findByRole('button', { name: 'System' }));
    await waitFor(() => expect(currentPath()).toBe('/catalog?sort=spec.system'));
    expect(await screen.findByText(/5 without a system are left out by this order/)).toBeTruthy();
    expect(screen.getByRole('columnheader', { name: 'System' }).getAttribute('aria-sort')).toBe('ascending');
    fireEvent.click(screen.getByRole('button', { name: 'System' }));
    await waitFor(() => expect(currentPath()).toBe('/catalog?sort=-spec.system'));
  });

  it('pages there and back', async () => {
    startMockBackend();
    renderIndex('?size=20');
    const first = await names();
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('21–40 of 40')).toBeTruthy();
    expect(await names()).not.toEqual(first);
    expect(screen.getByRole('button', { name: 'Next page' })).toHaveProperty('disabled', true);
    fireEvent.click(screen.getByRole('button', { name: 'Previous page' }));
    expect(await screen.findByText('1–20 of 40')).toBeTruthy();
    expect(await names()).toEqual(first);
  });

  it('turns on from a page that is not there yet', async () => {
    const backend = startMockBackend();
    const { unmount } = renderIndex('?kind=all&size=20&from=41');
    const third = await names();
    unmount();
    renderIndex('?kind=all&size=20');
    await names();
    backend.override(/[?&]cursor=/, () => new Promise(() => undefined));
    fireEvent.keyDown(document.body, { key: ']' });
    await waitFor(() => expect(currentPath()).toContain('from=21'));
    fireEvent.keyDown(document.body, { key: ']' });
    await waitFor(() => expect(currentPath()).toContain('from=41'));
    expect(await names()).toEqual(third);
  });

  it('loses nothing of what is chosen faster than it is drawn', async () => {
    startMockBackend();
    renderIndex();
    const website = await screen.findByRole('checkbox', { name: /website/ });
    fireEvent.click(website);
    fireEvent.click(screen.getByRole('checkbox', { name: /production/ }));
    await waitFor(() => expect(currentPath()).toBe('/catalog?type=website&lifecycle=production'));
  });

  it('has lists of what one owns and has starred', async () => {
    startMockBackend();
    renderIndex();
    fireEvent.click(await screen.findByRole('button', { name: 'Add Ledger service to starred' }));
    fireEvent.click(await screen.findByRole('button', { name: /Starred/ }));
    await waitFor(() => expect(shownNames()).toEqual(['Ledger service']));
    fireEvent.click(screen.getByRole('button', { name: /Owned/ }));
    await waitFor(() => expect(shownNames()).toHaveLength(8));
  });

  it('moves among the rows by j and k', async () => {
    startMockBackend();
    renderIndex();
    const [first, second] = await names();
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(document.activeElement?.textContent).toBe(first);
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(document.activeElement?.textContent).toBe(second);
    fireEvent.keyDown(document.body, { key: 'k' });
    expect(document.activeElement?.textContent).toBe(first);
  });

  it('shows how to begin where nothing is', async () => {
    startMockBackend([]);
    renderIndex();
    expect(await screen.findByText('Nothing in the catalog yet')).toBeTruthy();
    expect((await screen.findAllByRole('link', { name: /^Register/ }))[0]?.getAttribute('href')).toBe('/import');
    expect(screen.getByRole('region', { name: 'catalog-info.yaml' }).textContent).toContain('kind: Component');
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('does not offer to register to who may not', async () => {
    const backend = startMockBackend([]);
    backend.denied.add('catalog.entity.create');
    renderIndex(EVERYTHING, [], { permission: { enabled: true } });
    await waitFor(() => expect(backend.requests).toContain('POST /api/permission/authorize'));
    await screen.findByText('Nothing in the catalog yet');
    expect(screen.queryByRole('link', { name: /^Register/ })).toBeNull();
  });

  it('offers to clear filters that nothing matches', async () => {
    startMockBackend();
    renderIndex('?q=zzz');
    const empty = (await screen.findByText('Nothing matches these filters')).parentElement;
    fireEvent.click(within(empty ?? document.body).getByRole('button', { name: 'Clear all' }));
    await waitFor(() => expect(currentPath()).toBe('/catalog?list=all'));
  });

  it('says what is wrong when the catalog cannot be read, and tries again', async () => {
    const backend = startMockBackend();
    let broken = true;
    const answer = { error: { name: 'Error', message: 'An internal error occurred logId=00ab' } };
    backend.override(/by-query.*orderField/, () =>
      broken ? Response.json(answer, { status: 500 }) : undefined,
    );
    renderIndex();
    expect((await screen.findByRole('alert')).textContent).toContain('The catalog could not be read');
    expect(screen.getByText('00ab')).toBeTruthy();
    broken = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await names()).toHaveLength(40);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('holds the table’s place while the first page is on its way', async () => {
    startMockBackend().override(/orderField/, () => new Promise(() => undefined));
    renderIndex('?size=20');
    expect((await screen.findAllByRole('row')).length).toBe(21);
  });

  it('filters by what is wrong with entities', async () => {
    const entities = sampleEntities().map((entity): Entity => {
      switch (entity.metadata.name) {
        case 'cart-web':
          return { ...entity, status: { items: [{ type: 'processing', level: 'error', message: 'InputError: no owner' }] } };
        case 'refunds-web':
          return { ...entity, metadata: { ...entity.metadata, annotations: { 'backstage.io/orphan': 'true' } } };
        default:
          return entity;
      }
    });
    startMockBackend(entities);
    renderIndex();
    const failed = await screen.findByRole('checkbox', { name: /Has an error/ });
    await waitFor(() => expect(failed.closest('label')?.textContent).toBe('Has an error1'));
    fireEvent.click(failed);
    await waitFor(() => expect(shownNames()).toEqual(['cart-web']));
    expect(currentPath()).toBe('/catalog?status=error');
    fireEvent.click(screen.getByRole('checkbox', { name: /Is an orphan/ }));
    await waitFor(() => expect(shownNames()).toEqual(['cart-web', 'refunds-web']));
    fireEvent.click(screen.getByRole('button', { name: 'Remove filter Processing status Has an error' }));
    await waitFor(() => expect(shownNames()).toEqual(['refunds-web']));
  });

  const heads = () => screen.getAllByRole('columnheader', { hidden: true }).map(({ textContent }) => textContent);

  it.each([
    ['component', ['Name', 'Owner', 'Type', 'Lifecycle', 'System', 'Description', 'Tags']],
    ['system', ['Name', 'Owner', 'Domain', 'Description', 'Tags']],
    ['domain', ['Name', 'Owner', 'Description', 'Tags']],
    ['group', ['Name', 'Type', 'Parent', 'Description', 'Tags']],
    ['user', ['Name', 'Groups', 'Email', 'Description', 'Tags']],
    ['template', ['Name', 'Owner', 'Type', 'Description', 'Tags']],
    ['location', ['Name', 'Type', 'Targets']],
  ])('has columns that mean something for a %s', async (kind, expected) => {
    startMockBackend([{ ...sampleEntities()[0], kind } as Entity]);
    renderIndex(`?kind=${kind}`);
    await names();
    expect(heads()).toEqual(expected);
  });

  it('has the columns that the person chooses, in the address and next time', async () => {
    startMockBackend(sampleEntities().slice(-6));
    const { unmount } = renderIndex();
    await names();
    fireEvent.click(screen.getByRole('button', { name: 'Columns' }));
    fireEvent.click(await screen.findByRole('menuitemcheckbox', { name: /Tags/, checked: true }));
    fireEvent.click(screen.getByRole('menuitemcheckbox', { name: 'Namespace', checked: false }));
    await waitFor(() => expect(currentPath()).toBe('/catalog?columns=owner,type,lifecycle,system,description,namespace'));
    expect(await accessibilityViolations()).toEqual([]);
    unmount();

    renderIndex();
    await names();
    expect(heads()).toEqual(['Name', 'Owner', 'Type', 'Lifecycle', 'System', 'Namespace', 'Description']);
    fireEvent.click(screen.getByRole('button', { name: 'Columns' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Default columns' }));
    await waitFor(() => expect(heads()).toContain('Tags'));
  });

  it('has the columns of an address that somebody shared', async () => {
    startMockBackend();
    renderIndex('?columns=tags,nonsense');
    await names();
    expect(heads()).toEqual(['Name', 'Tags']);
  });

  it('shows namespaces where there are several', async () => {
    const [first, ...others] = sampleEntities().filter(({ kind }) => kind === 'Component');
    startMockBackend([{ ...first, metadata: { ...first?.metadata, namespace: 'retail' } } as Entity, ...others]);
    renderIndex();
    expect(await screen.findByRole('columnheader', { name: 'Namespace' })).toBeTruthy();
    fireEvent.click(await screen.findByRole('checkbox', { name: /retail/ }));
    await waitFor(() => expect(shownNames()).toHaveLength(1));
    expect(currentPath()).toBe('/catalog?namespace=retail');
  });

  describe('exported', () => {
    const { files, exported } = useCsvFiles();

    it('is everything that matches, with the columns shown', async () => {
      const [first, ...others] = sampleEntities();
      startMockBackend([...others, { ...first, kind: 'Component', metadata: { name: 'evil', title: '=cmd()' } } as Entity]);
      renderIndex('?size=20&columns=owner,tags');
      expect(await names()).toHaveLength(20);
      const lines = await exported();
      expect(lines[0]).toBe('Reference,Kind,Namespace,Name,Title,Owner,Tags');
      expect(lines).toHaveLength(42);
      expect(lines.find(line => line.startsWith('component:default/ledger-service'))).toBe(
        'component:default/ledger-service,Component,default,ledger-service,Ledger service,payments,"rust, java, tier-1"',
      );
      expect(lines.some(line => line.includes("'=cmd()"))).toBe(true);
    });

    it('is what the filters leave, whatever the order leaves out', async () => {
      startMockBackend();
      renderIndex('?type=service&sort=spec.system');
      await screen.findByText(/left out by this order/);
      expect(await exported()).toHaveLength(21);
    });

    it('says so when it fails', async () => {
      startMockBackend().override(/limit=1000/, () => Response.json({ error: { name: 'Error', message: 'Away' } }, { status: 503 }));
      const post = vi.fn();
      renderIndex('', [createApiFactory(errorApiRef, { post, error$: vi.fn() })]);
      await names();
      fireEvent.click(await screen.findByRole('button', { name: 'Export as CSV' }));
      await waitFor(() => expect(post).toHaveBeenCalledWith(expect.objectContaining({ message: 'Away' })));
      expect(await screen.findByRole('button', { name: 'Export as CSV' })).toBeTruthy();
      expect(files).toEqual([]);
    });
  });
});
