import { createPermission, permissionApiRef, type PermissionApi } from '@callboard/core-plugin-api';
import { mockApis, renderInTestApp, startMockBackend, TestApiProvider } from '@callboard/test-utils';
import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { RequirePermission, usePermission } from '..';

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
