import type { Entity } from '@callboard/catalog-model';
import { EntityLayout } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, currentPath, renderInTestApp, sampleEntities, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { FlatRoutes } from '@callboard/core-app-api';
import { Route } from 'react-router-dom';
import { describe, expect, it } from 'vitest';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  EntityAboutCard,
  EntityDescriptor,
  EntityHeader,
  EntityLabelsCard,
  EntityLinksCard,
  EntityRelationsCard,
  EntityRelationsGraphCard,
  EntityWarnings,
} from '../../plugin';

const layout = (
  <EntityLayout header={<EntityHeader />}>
    <EntityLayout.Route path="/" title="Overview">
      <>
        <EntityWarnings />
        <EntityAboutCard />
        <EntityLinksCard />
        <EntityLabelsCard />
        <EntityRelationsGraphCard />
      </>
    </EntityLayout.Route>
    <EntityLayout.Route path="/relations" title="Relations">
      <EntityRelationsCard />
    </EntityLayout.Route>
    <EntityLayout.Route path="/apis" title="APIs only" if={entity => entity.kind === 'API'}>
      <p>Only for APIs</p>
    </EntityLayout.Route>
    <EntityLayout.Route path="/descriptor" title="Descriptor">
      <EntityDescriptor />
    </EntityLayout.Route>
  </EntityLayout>
);

function renderEntity(path: string) {
  return renderInTestApp(
    <FlatRoutes>
      <Route path="/catalog" element={<CatalogIndexPage />} />
      <Route path="/catalog/:namespace/:kind/:name" element={<CatalogEntityPage />}>
        {layout}
      </Route>
    </FlatRoutes>,
    { path: `/catalog/default/${path}` },
  );
}

function withChange(name: string, change: (entity: Entity) => Entity): Entity[] {
  return sampleEntities().map(entity => (entity.metadata.name === name ? change(entity) : entity));
}

describe('the page of an entity', () => {
  it('says what it is and who owns it, and axe objects to nothing', async () => {
    startMockBackend();
    renderEntity('component/ledger-service');
    expect(await screen.findByRole('heading', { level: 1, name: /Ledger service/ })).toBeTruthy();
    expect(await screen.findByRole('heading', { name: 'About' })).toBeTruthy();
    expect(await screen.findByText(/Keeps the ledger of the shop/)).toBeTruthy();
    expect((await screen.findAllByRole('link', { name: 'Payments' })).length).toBeGreaterThan(0);
    expect(await screen.findByRole('link', { name: /Dashboard/ })).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('draws and lists its relations', async () => {
    startMockBackend();
    renderEntity('component/ledger-service');
    const drawing = await screen.findByRole('group', { name: 'Ledger service and 8 related entities' });
    expect(drawing.querySelectorAll(':scope > svg > path')).toHaveLength(8);
    fireEvent.click(screen.getByRole('button', { name: 'Show as list' }));
    expect(await screen.findByRole('region', { name: 'dependency of' })).toBeTruthy();
  });

  it('has tabs with paths of their own, for the entities they are for', async () => {
    startMockBackend();
    renderEntity('component/ledger-service/relations');
    expect((await screen.findByRole('link', { name: 'Relations' })).getAttribute('aria-current')).toBe('page');
    expect(screen.getByRole('link', { name: 'Overview' }).getAttribute('aria-current')).toBeNull();
    expect(screen.queryByRole('link', { name: 'APIs only' })).toBeNull();
    fireEvent.click(screen.getByRole('link', { name: 'Descriptor' }));
    await waitFor(() => expect(currentPath()).toBe('/catalog/default/component/ledger-service/descriptor'));
    expect((await screen.findByRole('region', { name: 'Descriptor' })).textContent).toContain('name: ledger-service');
    fireEvent.click(screen.getByRole('tab', { name: 'JSON' }));
    await waitFor(() => expect(screen.getByRole('region', { name: 'Descriptor' }).textContent).toContain('"kind": "Component"'));
  });

  it('warns of relations to what is not in the catalog', async () => {
    startMockBackend();
    renderEntity('component/refunds-service');
    expect(await screen.findByRole('region', { name: 'One related entity is not in the catalog' })).toBeTruthy();
  });

  it('warns of processing errors and of orphans', async () => {
    startMockBackend(
      withChange('cart-web', entity => ({
        ...entity,
        metadata: { ...entity.metadata, annotations: { 'backstage.io/orphan': 'true' } },
        status: { items: [{ type: 'processing', level: 'error', message: 'InputError: spec.owner is missing' }] },
      })),
    );
    renderEntity('component/cart-web');
    expect(await screen.findByText('InputError: spec.owner is missing')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Nothing declares this entity any more' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Delete entity' })).toBeTruthy();
  });

  it('asks the catalog to read the file again', async () => {
    const backend = startMockBackend();
    renderEntity('component/ledger-service');
    fireEvent.click(await screen.findByRole('button', { name: 'Refresh' }));
    await waitFor(() => expect(backend.requests).toContain('POST /api/catalog/refresh'));
  });

  it('tells what the catalog knows beyond the descriptor', async () => {
    startMockBackend();
    renderEntity('component/ledger-service?inspect=overview');
    expect(await screen.findByRole('dialog', { name: 'Inspect Ledger service' })).toBeTruthy();
    expect(screen.getByText('Registered as')).toBeTruthy();
    fireEvent.click(screen.getByRole('tab', { name: 'Ancestry' }));
    expect(await screen.findByText('From configuration or a provider')).toBeTruthy();
  });

  it('makes no links of what could run a script', async () => {
    startMockBackend(
      withChange('cart-web', entity => ({
        ...entity,
        metadata: {
          ...entity.metadata,
          links: [{ url: 'javascript:alert(1)', title: 'Bad' }],
          annotations: { 'backstage.io/view-url': 'javascript:alert(1)' },
        },
      })),
    );
    renderEntity('component/cart-web');
    expect(await screen.findByText(/No links/)).toBeTruthy();
    expect(document.querySelector('a[href^="javascript:"]')).toBeNull();
  });

  it('says so when there is no such entity, or it cannot be loaded', async () => {
    const backend = startMockBackend();
    const { unmount } = renderEntity('component/nothing');
    expect(await screen.findByText('component:default/nothing is not in the catalog')).toBeTruthy();
    unmount();
    backend.override(/by-name/, () => Response.json({ error: { name: 'NotAllowedError', message: 'no' } }, { status: 403 }));
    renderEntity('component/ledger-service');
    expect((await screen.findByRole('alert')).textContent).toContain('You are not allowed to see this');
  });
});
