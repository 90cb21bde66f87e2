import type { Entity } from '@callboard/catalog-model';
import { createPlugin, defineInstallation } from '@callboard/core-plugin-api';
import { defineEntityCard, defineEntityContent } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, currentPath, renderInstalledPages, sampleEntities, startMockBackend } from '@callboard/test-utils';
import type { JsonValue } from '@callboard/types';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { installation } from '../../installation';

const forApisOnly = defineInstallation({
  plugin: createPlugin({ id: 'test' }),
  extensions: [
    defineEntityContent({ path: '/apis', title: 'APIs only', filter: 'kind:api', element: <p>Only for APIs</p> }),
    defineEntityCard({ name: 'shown', filter: { 'spec.type': 'service' }, element: <p>A card for services</p> }),
    defineEntityCard({ name: 'hidden', filter: { 'spec.type': 'website' }, element: <p>A card for websites</p> }),
  ],
});

function renderEntity(path: string, extensions: JsonValue = []) {
  return renderInstalledPages({
    installed: [{ installation }, { installation: forApisOnly }],
    config: { app: { extensions } },
    path: `/catalog/default/${path}`,
  });
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

  it('stands with its first card before the others are drawn, and never says that it is missing meanwhile', async () => {
    startMockBackend();
    const seen: { headings: (string | null)[]; text: string }[] = [];
    const observer = new MutationObserver(() => {
      const headings = Array.from(document.querySelectorAll('h2'), ({ textContent }) => textContent);
      seen.push({ headings, text: document.body.textContent ?? '' });
    });
    observer.observe(document.body, { childList: true, subtree: true });
    renderEntity('component/ledger-service');
    expect(await screen.findByRole('heading', { name: 'Links' })).toBeTruthy();
    observer.disconnect();
    expect(seen.find(({ headings }) => headings.length > 0)?.headings).toEqual(['About']);
    expect(seen.filter(({ text }) => text.includes('is not in the catalog'))).toEqual([]);
  });

  it('draws and lists its relations', async () => {
    startMockBackend();
    renderEntity('component/ledger-service');
    const drawing = await screen.findByRole('group', { name: 'Ledger service and 8 related entities' });
    expect(drawing.querySelectorAll(':scope > svg > path')).toHaveLength(8);
    fireEvent.click(screen.getByRole('button', { name: 'Show as list' }));
    expect(await screen.findByRole('group', { name: 'dependency of' })).toBeTruthy();
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

  it('is made of the tabs and cards that configuration leaves on, renamed and moved as it says', async () => {
    startMockBackend();
    renderEntity('component/ledger-service', [
      { 'entity-content:catalog/descriptor': { config: { title: 'YAML', path: '/yaml', order: 1 } } },
      { 'entity-content:catalog/relations': false },
      { 'entity-card:catalog/about': { config: { filter: 'kind:system' } } },
    ]);
    expect(await screen.findByText('A card for services')).toBeTruthy();
    expect(screen.queryByText('A card for websites')).toBeNull();
    expect(screen.queryByRole('heading', { name: 'About' })).toBeNull();
    const tabs = within(screen.getByRole('navigation', { name: 'Sections' })).getAllByRole('link');
    expect(tabs.map(({ textContent }) => textContent)).toEqual(['Overview', 'YAML']);
    expect(tabs[1]?.getAttribute('href')).toMatch(/ledger-service\/yaml$/);
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
    const refresh = await screen.findByRole('button', { name: 'Refresh' });
    await waitFor(() => expect(refresh).toHaveProperty('disabled', false));
    fireEvent.click(refresh);
    await waitFor(() => expect(backend.requests).toContain('POST /api/catalog/refresh'));
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
    backend.override(/by-refs/, () => Response.json({ error: { name: 'NotAllowedError', message: 'no' } }, { status: 403 }));
    renderEntity('component/ledger-service');
    expect((await screen.findByRole('alert')).textContent).toContain('You are not allowed to see this');
  });
});

describe('a Location', () => {
  const location: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: { namespace: 'default', name: 'generated-0123456789abcdef0123456789abcdef01234567' },
    spec: { type: 'url', target: 'https://github.com/acme/shop/blob/main/all.yaml' },
    relations: [],
    status: { items: [{ type: 'processing', level: 'error', message: 'NotFoundError: 404' }] },
  };

  it('that was registered is called by where it leads, and is not said to have been good', async () => {
    startMockBackend([location]);
    renderEntity(`location/${location.metadata.name}`);
    expect(await screen.findByRole('heading', { level: 1, name: /github.com\/acme\/shop\/blob\/main\/all.yaml/ })).toBeTruthy();
    expect(await screen.findByText('NotFoundError: 404')).toBeTruthy();
    expect(document.body.textContent).not.toContain('last good version');
  });
});

describe('tabs of one group', () => {
  it('stand in a menu', async () => {
    startMockBackend();
    renderEntity('component/ledger-service', [
      { 'entity-content:catalog/descriptor': { config: { group: 'documentation' } } },
      { 'entity-content:catalog/relations': { config: { group: 'documentation' } } },
    ]);
    fireEvent.click(await screen.findByRole('button', { name: 'Documentation' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Descriptor' }));
    expect(await screen.findByRole('button', { name: 'Documentation · Descriptor' })).toBeTruthy();
    expect(currentPath()).toBe('/catalog/default/component/ledger-service/descriptor');
    expect(await accessibilityViolations()).toEqual([]);
  });
});
