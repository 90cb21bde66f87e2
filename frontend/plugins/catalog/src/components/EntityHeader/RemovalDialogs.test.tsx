import type { Entity } from '@callboard/catalog-model';
import {
  accessibilityViolations,
  currentPath,
  renderInstalledPages,
  sampleEntities,
  startMockBackend,
  type MockBackend,
} from '@callboard/test-utils';
import type { JsonObject } from '@callboard/types';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { installation } from '../../installation';

const ORIGIN = 'https://github.com/acme/catalog/blob/main/all.yaml';

function renderPage(config?: JsonObject) {
  renderInstalledPages({ installed: [{ installation }], path: '/catalog/default/component/ledger-service', config });
}

/** A backend in which the location that everything came from is registered. */
function registered(entities?: Entity[]): MockBackend {
  const backend = startMockBackend(entities);
  backend.locations = [{ id: 'location-1', type: 'url', target: ORIGIN }];
  return backend;
}

async function openDialog(item: 'Unregister' | 'Delete', dialog = `${item} Ledger service`) {
  fireEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
  return screen.findByRole('dialog', { name: dialog });
}

function ledgerService(annotations: Record<string, string>): Entity[] {
  return sampleEntities().map(entity =>
    entity.metadata.name === 'ledger-service' ? { ...entity, metadata: { ...entity.metadata, annotations } } : entity,
  );
}

describe('unregistering', () => {
  it('shows the location and everything that goes with it, and does it', async () => {
    const backend = registered(sampleEntities().filter(({ metadata }) => /ledger/.test(metadata.name)));
    const count = backend.entities.length;
    renderPage();
    const dialog = await openDialog('Unregister');
    expect(await within(dialog).findByText(ORIGIN)).toBeTruthy();
    expect(within(dialog).getAllByRole('listitem')).toHaveLength(count);
    expect(await accessibilityViolations(dialog)).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: `Unregister location and ${count} entities` }));
    await waitFor(() => expect(currentPath()).toBe('/catalog'));
    expect(backend.requests).toContain('DELETE /api/catalog/locations/location-1');
    expect(backend.entities).toEqual([]);
  });

  it('leaves what its file no longer declares, and does not promise to take it along', async () => {
    const backend = registered(sampleEntities().filter(({ metadata }) => /ledger/.test(metadata.name)));
    const count = backend.entities.length;
    const [orphan] = ledgerService({ 'backstage.io/managed-by-origin-location': `url:${ORIGIN}`, 'backstage.io/orphan': 'true' }).filter(
      ({ metadata }) => metadata.name === 'ledger-service',
    ) as [Entity];
    backend.entities.push({ ...orphan, metadata: { ...orphan.metadata, name: 'left-over', title: 'Left over' } });
    renderPage();
    const dialog = await openDialog('Unregister');
    fireEvent.click(await within(dialog).findByRole('button', { name: `Unregister location and ${count} entities` }));
    await waitFor(() => expect(backend.entities.map(({ metadata }) => metadata.name)).toEqual(['left-over']));
  });

  it('can delete the entity alone, and says that it comes back', async () => {
    const backend = registered();
    renderPage();
    const dialog = await openDialog('Unregister');
    expect(await within(dialog).findByText(/it comes back when the location is read again/)).toBeTruthy();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Delete only this entity' }));
    await waitFor(() => expect(currentPath()).toBe('/catalog'));
    expect(backend.requests.some(request => request.startsWith('DELETE /api/catalog/entities/by-uid/'))).toBe(true);
    expect(backend.locations).toHaveLength(1);
  });

  it('offers only to delete the entity where nothing was registered, and names its source', async () => {
    startMockBackend();
    renderPage();
    const dialog = await openDialog('Unregister');
    expect(await within(dialog).findByText(/Nobody registered it/)).toBeTruthy();
    expect(within(dialog).getByText(`url:${ORIGIN}`)).toBeTruthy();
    expect(within(dialog).queryByRole('button', { name: /location/ })).toBeNull();
    expect(within(dialog).getByRole('button', { name: 'Delete entity' })).toBeTruthy();
  });

  it('knows what belongs to the portal itself', async () => {
    startMockBackend(ledgerService({ 'backstage.io/managed-by-origin-location': 'bootstrap:bootstrap' }));
    renderPage();
    const dialog = await openDialog('Unregister');
    expect(await within(dialog).findByText(/part of the portal itself/)).toBeTruthy();
  });

  it('takes what somebody else has unregistered for unregistered', async () => {
    const backend = registered();
    renderPage();
    const dialog = await openDialog('Unregister');
    const button = await within(dialog).findByRole('button', { name: /^Unregister location/ });
    backend.locations = [];
    fireEvent.click(button);
    await waitFor(() => expect(currentPath()).toBe('/catalog'));
  });

  it('stays and says so when it may not or cannot be done', async () => {
    const backend = registered();
    backend.override(/^DELETE/, () => Response.json({ error: { name: 'NotAllowedError', message: 'no' } }, { status: 403 }));
    renderPage();
    const dialog = await openDialog('Unregister');
    fireEvent.click(await within(dialog).findByRole('button', { name: /^Unregister location/ }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('You are not allowed to do this');
    expect(currentPath()).toBe('/catalog/default/component/ledger-service');
  });

  it('tries again to find out what would go', async () => {
    const backend = registered();
    let broken = true;
    backend.override(/by-entity/, () =>
      broken ? Response.json({ error: { name: 'Error', message: 'Away' } }, { status: 503 }) : undefined,
    );
    renderPage();
    const dialog = await openDialog('Unregister');
    expect((await within(dialog).findByRole('alert')).textContent).toContain('could not be found out');
    expect(within(dialog).queryByRole('button', { name: /Unregister location|Delete/ })).toBeNull();
    broken = false;
    fireEvent.click(within(dialog).getByRole('button', { name: 'Try again' }));
    expect(await within(dialog).findByText(ORIGIN)).toBeTruthy();
  });
});

describe('without the permission', () => {
  const PERMISSIONS = { permission: { enabled: true } };

  /** The page for somebody who has none of these. */
  const renderDenied = (backend: MockBackend, ...names: string[]) => {
    names.forEach(name => backend.denied.add(name));
    renderPage(PERMISSIONS);
  };

  it('nothing can be removed, and the menu says so', async () => {
    renderDenied(registered(), 'catalog.entity.delete', 'catalog.location.delete');
    fireEvent.click(await screen.findByRole('button', { name: 'More actions' }));
    const item = await screen.findByRole('menuitem', { name: /^Unregister ?You do not have the permission/ });
    expect(item.getAttribute('aria-disabled')).toBe('true');
  });

  it.each([
    ['catalog.location.delete', /^Unregister location/, 'Delete only this entity'],
    ['catalog.entity.delete', 'Delete only this entity', /^Unregister location/],
  ])('%s what needs it cannot be chosen, and the rest can', async (denied, without, rest) => {
    renderDenied(registered(), denied);
    const dialog = await openDialog('Unregister');
    await within(dialog).findByText(new RegExp(`needs the permission ${denied}`));
    expect(within(dialog).getByRole('button', { name: without })).toHaveProperty('disabled', true);
    expect(within(dialog).getByRole('button', { name: rest })).toHaveProperty('disabled', false);
  });

  it('an orphan stays, and the warning says why', async () => {
    renderDenied(startMockBackend(ledgerService({ 'backstage.io/orphan': 'true' })), 'catalog.entity.delete');
    expect(await screen.findByText(/Deleting it needs the permission catalog.entity.delete/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Delete entity' })).toHaveProperty('disabled', true);
  });

  it('an entity is not refreshed, and its warnings offer nothing of the kind', async () => {
    const backend = startMockBackend(sampleEntities().map(entity =>
      entity.metadata.name === 'ledger-service'
        ? { ...entity, status: { items: [{ type: 'processing', level: 'error', message: 'InputError: no owner' }] } }
        : entity,
    ));
    renderDenied(backend, 'catalog.entity.refresh');
    await screen.findByText('InputError: no owner');
    await waitFor(() => expect(screen.queryByRole('button', { name: /^(Refresh|Read it again)$/ })).toBeNull());
    expect(backend.requests).toContain('POST /api/permission/authorize');
  });

  it('nobody is asked where the portal has no permissions', async () => {
    const backend = registered();
    backend.denied.add('catalog.entity.refresh');
    renderPage();
    const refresh = await screen.findByRole('button', { name: 'Refresh' });
    await waitFor(() => expect(refresh).toHaveProperty('disabled', false));
    expect(backend.requests).not.toContain('POST /api/permission/authorize');
  });
});

describe('deleting an orphan', () => {
  it.each(['menu', 'warning'])('is asked for first: from the %s', async from => {
    const backend = startMockBackend(ledgerService({ 'backstage.io/orphan': 'true' }));
    renderPage();
    if (from === 'menu') {
      await openDialog('Delete');
    } else {
      const deleteEntity = await screen.findByRole('button', { name: 'Delete entity' });
      await waitFor(() => expect(deleteEntity).toHaveProperty('disabled', false));
      fireEvent.click(deleteEntity);
    }
    const dialog = await screen.findByRole('dialog', { name: 'Delete Ledger service' });
    expect(backend.requests.some(request => request.startsWith('DELETE'))).toBe(false);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Delete entity' }));
    await waitFor(() => expect(currentPath()).toBe('/catalog'));
    expect(backend.entities.some(({ metadata }) => metadata.name === 'ledger-service')).toBe(false);
  });
});
