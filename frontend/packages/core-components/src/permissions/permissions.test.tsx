import { createApiFactory, createPermission, permissionApiRef, type PermissionApi } from '@callboard/core-plugin-api';
import { mockApis, renderInTestApp, startMockBackend, TestApiProvider } from '@callboard/test-utils';
import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { RequirePermission, useIsOffered, useOffers, usePermission } from '..';
import { useAllowed } from './permissions';

const create = createPermission({ name: 'catalog.entity.create', attributes: { action: 'create' } });
const remove = createPermission({ name: 'catalog.entity.delete', attributes: { action: 'delete' }, resourceType: 'catalog-entity' });

function Both({ resourceRef }: { resourceRef?: string }) {
  return (
    <>
      <RequirePermission permission={create} errorPage={<p>May not create</p>}>
        <p>May create</p>
      </RequirePermission>
      <RequirePermission permission={remove} resourceRef={resourceRef} errorPage={<p>May not remove</p>}>
        <p>May remove</p>
      </RequirePermission>
    </>
  );
}

describe('what needs a permission', () => {
  it('is there for those who have it, all being asked for at once', async () => {
    const backend = startMockBackend();
    backend.denied.add('catalog.entity.delete');
    renderInTestApp(<Both resourceRef="component:default/shop" />, { config: { permission: { enabled: true } } });
    expect(await screen.findByText('May create')).toBeTruthy();
    expect(await screen.findByText('May not remove')).toBeTruthy();
    expect(backend.requests.filter(request => request.includes('permission'))).toHaveLength(1);
  });

  it('is there for all where the portal has no permissions, which is not asked', async () => {
    const backend = startMockBackend();
    renderInTestApp(<Both resourceRef="component:default/shop" />);
    expect(await screen.findByText('May remove')).toBeTruthy();
    expect(backend.requests.filter(request => request.includes('permission'))).toEqual([]);
  });

  it('is there at once where the portal has no permissions', async () => {
    const seen: string[] = [];
    function Told() {
      const { loading, allowed } = usePermission({ permission: remove, resourceRef: 'component:default/shop' });
      seen.push(`${loading} ${allowed} ${useIsOffered('catalog.entity.create')}`);
      return <p>drawn</p>;
    }
    renderInTestApp(<Told />);
    await screen.findByText('drawn');
    expect(new Set(seen)).toEqual(new Set(['false true true']));
  });

  it('is asked for there too where it is about looking after the portal', async () => {
    const backend = startMockBackend();
    backend.denied.add('audit.event.read');
    renderInTestApp(
      <RequirePermission permission={createPermission({ name: 'audit.event.read', attributes: { action: 'read' } })} errorPage="May not read">
        May read
      </RequirePermission>,
    );
    expect(await screen.findByText('May not read')).toBeTruthy();
  });

  it('is for nobody as long as it is not known on what', async () => {
    renderInTestApp(<Both />);
    expect(await screen.findByText('May not remove')).toBeTruthy();
  });

  it('is a page that does not exist for those who have it not', async () => {
    renderInTestApp(
      <TestApiProvider apis={[[permissionApiRef, mockApis.permission({ authorize: 'DENY' })]]}>
        <RequirePermission permission={create}>Secret</RequirePermission>
      </TestApiProvider>,
    );
    expect(await screen.findByRole('heading', { name: 'There is nothing at this address' })).toBeTruthy();
  });

  it('is not given when it cannot be asked, which is told', async () => {
    const authorize = vi.fn<PermissionApi['authorize']>().mockRejectedValue(Object.assign(new Error('away'), { status: 500 }));
    function Told() {
      const { loading, allowed, error } = usePermission({ permission: create });
      return <p>{loading ? 'asking' : `${allowed} ${error?.message}`}</p>;
    }
    renderInTestApp(
      <TestApiProvider apis={[[permissionApiRef, { authorize }]]}>
        <Told />
      </TestApiProvider>,
    );
    expect(await screen.findByText('false away')).toBeTruthy();
  });
});

it('what is asked for by one is answered also where another’s question cannot be', async () => {
  const backend = startMockBackend();
  backend.override(/catalog\.entity\.delete/, () => Response.json({ error: { name: 'ServiceUnavailableError', message: 'away' } }, { status: 503 }));
  backend.denied.add('catalog.entity.create');
  function Told() {
    const allowed = useAllowed(['audit.event.read', 'catalog.entity.create']);
    const offers = useOffers([{ name: 'catalog.entity.delete', resource: { type: 'catalog-entity', ref: 'component:default/shop' } }]);
    return <p>{[...allowed, '|', ...(offers ?? [])].join(' ')}</p>;
  }
  renderInTestApp(<Told />, { config: { permission: { enabled: true } } });
  expect(await screen.findByText('audit.event.read | catalog.entity.delete')).toBeTruthy();
});

describe('an app that replaces the permission API', () => {
  const resource = { type: 'catalog-entity', ref: 'component:default/shop' };
  const wanted = [{ name: 'catalog.entity.create' }, { name: 'catalog.entity.delete', resource }];

  function Told() {
    const offers = useOffers(wanted);
    const allowed = useAllowed(['audit.event.read', 'catalog.entity.create']);
    return <p>{[...(offers ?? []), useIsOffered('catalog.entity.refresh') ?? 'unknown', ...allowed].join(' ')}</p>;
  }

  it('decides what is offered and what the navigation shows', async () => {
    const backend = startMockBackend();
    const authorize = vi.fn<PermissionApi['authorize']>(async ({ permission }) => ({
      result: permission.name.startsWith('catalog.entity.') ? 'ALLOW' : 'DENY',
    }));
    renderInTestApp(<Told />, { apis: [createApiFactory(permissionApiRef, { authorize })] });
    expect(await screen.findByText('catalog.entity.create catalog.entity.delete true catalog.entity.create')).toBeTruthy();
    expect(authorize).toHaveBeenCalledWith({ permission: remove, resourceRef: resource.ref });
    expect(backend.requests.filter(request => request.includes('permission'))).toEqual([]);
  });

  it('has everything offered where it answers with an error', async () => {
    const authorize = vi.fn<PermissionApi['authorize']>().mockRejectedValue(Object.assign(new Error('away'), { status: 500 }));
    renderInTestApp(<Told />, { apis: [createApiFactory(permissionApiRef, { authorize })] });
    expect(await screen.findByText('catalog.entity.create catalog.entity.delete true')).toBeTruthy();
  });
});
