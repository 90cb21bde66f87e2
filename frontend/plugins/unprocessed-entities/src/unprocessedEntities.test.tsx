import { CatalogClient } from '@callboard/catalog-client';
import { createApiFactory, discoveryApiRef, fetchApiRef } from '@callboard/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, currentPath, renderInstalledPages, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { installation } from './installation';

const item = (reason: string, name: string, more: object = {}) => ({
  entity_ref: `component:default/${name}`,
  unprocessed_entity: { kind: 'Component', metadata: { name } },
  errors: [],
  location_key: `url:https://git.example/${name}.yaml`,
  since: '2026-01-01T10:00:00Z',
  reason,
  ...more,
});
const broken = item('failed', 'broken', {
  entity_id: '5f1c',
  emitted_by: 'location:default/all',
  errors: [{ name: 'InputError', message: 'Policy check failed for component:default/broken; caused by TypeError: spec.owner is missing', cause: { name: 'SyntaxError', message: 'line 3' } }],
  next_update_at: '2099-01-01T10:00:00Z',
});
const pages: Record<string, unknown[]> = {
  failed: [broken, item('failed', 'cart-web')],
  conflict: [
    item('conflict', 'twin', { location_key: 'file:/a.yaml', unprocessed_entity: null, errors: [{ name: 'ConflictError', message: 'taken' }] }),
    item('conflict', 'twin', { location_key: 'file:/b.yaml', unprocessed_entity: null, errors: [{ name: 'ConflictError', message: 'taken' }] }),
  ],
  pending: [],
};

function render(path: string, items = pages, pageInfo: object = {}) {
  const backend = startMockBackend();
  for (const [reason, found] of Object.entries(items)) {
    backend.override(new RegExp(`^GET /api/catalog/entities/unprocessed\\?reason=${reason}`), () =>
      Response.json({ items: found, totalItems: found.length, pageInfo }),
    );
  }
  renderInstalledPages({
    installed: [{ installation }],
    apis: [
      createApiFactory({
        api: catalogApiRef,
        deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
        factory: deps => new CatalogClient(deps),
      }),
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    path,
  });
  return backend;
}

/** Of an entity that turns out to be missing the whole reference is shown. */
const BROKEN = /^(component:)?broken$/;
const rowOf = async (name: string | RegExp) => (await screen.findByText(name)).closest('tr') as HTMLElement;

describe('unprocessed entities', () => {
  it('are listed, and it is said when they cannot be counted', async () => {
    const backend = render('/unprocessed-entities');
    let isBroken = true;
    backend.override(/unprocessed\?.*limit=1(&|$)/, () =>
      isBroken
        ? Response.json({ error: { name: 'Error', message: 'too slow' } }, { status: 500 })
        : Response.json({ items: [], totalItems: 7, pageInfo: {} }),
    );
    expect((await rowOf(BROKEN)).textContent, 'what is to be mended').toContain('brokenspec.owner is missing');
    expect((await screen.findByRole('alert')).textContent).toContain('could not be counted');
    isBroken = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: /^Conflicts ?7$/ })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('are listed with why, since when and from where, and axe objects to nothing', async () => {
    render('/unprocessed-entities');
    const row = await rowOf(BROKEN);
    expect(within(row).getByText('spec.owner is missing')).toBeTruthy();
    expect(await within(row).findByText('Not in the catalog')).toBeTruthy();
    expect(within(row).getByRole('link', { name: /broken\.yaml/ }).getAttribute('href')).toBe('https://git.example/broken.yaml');
    expect(row.querySelector('time')?.getAttribute('datetime')).toBe('2026-01-01T10:00:00.000Z');
    // What failed may be in the catalog as it was before.
    expect(within(await rowOf('cart-web')).getByRole('link', { name: 'cart-web' })).toBeTruthy();
    expect(within(await rowOf('cart-web')).getByText('On change')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Conflicts 2' })).toBeTruthy();
    fireEvent.click(within(row).getByRole('button', { name: 'Show details' }));
    expect(await screen.findByRole('list', { name: 'Errors' })).toBeTruthy();
    expect(screen.getByText('line 3')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'As it was read' }).textContent).toContain('"broken"');
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('that conflict stand each with its own location', async () => {
    render('/unprocessed-entities');
    fireEvent.click(await screen.findByRole('button', { name: /Conflicts/ }));
    expect(currentPath()).toBe('/unprocessed-entities?reason=conflict');
    expect(await screen.findByText('file:/a.yaml')).toBeTruthy();
    expect(screen.getByText('file:/b.yaml')).toBeTruthy();
  });

  it('are turned page by page, forwards and back, by the address', async () => {
    const backend = render('/unprocessed-entities', pages, { nextCursor: 'more=' });
    fireEvent.click(await screen.findByRole('button', { name: 'Next page' }));
    expect(currentPath()).toBe('/unprocessed-entities?reason=failed&after=more=');
    expect(await screen.findByText(BROKEN)).toBeTruthy();
    expect(backend.requests).toContain('GET /api/catalog/entities/unprocessed?reason=failed&limit=50&cursor=more=');
    fireEvent.click(screen.getByRole('button', { name: 'Previous page' }));
    expect(currentPath()).toBe('/unprocessed-entities?reason=failed');
  });

  it('are none when all is well', async () => {
    render('/unprocessed-entities?reason=pending');
    expect(await screen.findByText('Nothing waits')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('lead back to the first page from one that is no more', async () => {
    render('/unprocessed-entities?reason=failed&after=old', { ...pages, failed: [] });
    expect(await screen.findByText('There is nothing on this page any more')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'First page' }));
    expect(await screen.findByText('Nothing has failed')).toBeTruthy();
  });

  it('say what kept them from being loaded', async () => {
    const backend = render('/unprocessed-entities');
    backend.override(/unprocessed/, () => Response.json({ error: { name: 'NotAllowedError', message: 'no' } }, { status: 403 }));
    expect((await screen.findByRole('alert')).textContent).toContain('You are not allowed to see this');
  });
});
