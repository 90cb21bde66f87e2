import { CatalogClient } from '@callboard/catalog-client';
import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { createApiFactory, createRouteRef, discoveryApiRef, fetchApiRef, storageApiRef, type AnyApiFactory } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityProvider, entityRouteRef } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, mockApis, renderInTestApp, sampleEntities, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { EntityHierarchyCard, EntityMembersListCard, EntityOwnerCard, EntityOwnershipCard, EntityProfileCard, MyGroupsSidebarItem, orgPlugin } from './plugin';

const catalogApi = createApiFactory({
  api: catalogApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: deps => new CatalogClient(deps),
});
const catalogIndex = createRouteRef({ id: 'catalog' });

function group(name: string, parent?: string, children: string[] = []): Entity {
  return {
    apiVersion: 'v1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'department', profile: {} },
    relations: [
      ...(parent ? [{ type: 'childOf', targetRef: `group:default/${parent}` }] : []),
      ...children.map(child => ({ type: 'parentOf', targetRef: `group:default/${child}` })),
    ],
  };
}

function person(name: string, memberOf: string, displayName?: string): Entity {
  return {
    apiVersion: 'v1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { profile: { displayName } },
    relations: [{ type: 'memberOf', targetRef: memberOf }],
  };
}

function component(name: string, type: string): Entity {
  return {
    apiVersion: 'v1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    spec: { type },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/owner' }],
  };
}

/** The company's departments above the sample's teams. */
function organisation(): Entity[] {
  const teams = sampleEntities().map(entity =>
    entity.kind === 'Group'
      ? { ...entity, relations: [...(entity.relations ?? []), { type: 'childOf', targetRef: 'group:default/engineering' }] }
      : entity,
  );
  return [group('acme', undefined, ['engineering']), group('engineering', 'acme', ['payments', 'checkout']), ...teams];
}

function render(ref: string, entities = organisation()) {
  const backend = startMockBackend(entities);
  const entity = entities.find(one => stringifyEntityRef(one) === ref) as Entity;
  renderInTestApp(
    <EntityProvider entity={entity}>
      <EntityProfileCard />
      <EntityOwnershipCard />
      <EntityMembersListCard />
      <EntityHierarchyCard />
    </EntityProvider>,
    {
      apis: [catalogApi],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef, '/catalog': catalogIndex },
      bindRoutes: ({ bind }) => bind(orgPlugin.externalRoutes, { catalogIndex }),
    },
  );
  return backend;
}

describe('the owner of an entity', () => {
  const renderOwners = (entities: Entity[], ...owners: string[]) => {
    startMockBackend(entities);
    const entity: Entity = { ...component('shop', 'website'), relations: owners.map(targetRef => ({ type: 'ownedBy', targetRef })) };
    renderInTestApp(
      <EntityProvider entity={entity}>
        <EntityOwnerCard />
      </EntityProvider>,
      { apis: [catalogApi], mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
    );
  };

  it('is a group that can be reached, and the people in it, and axe objects to nothing', async () => {
    const links = [{ url: 'https://chat.acme.example/delivery', title: 'Chat' }, { url: 'javascript:alert(1)', title: 'Trap' }];
    const delivery = { ...group('delivery'), metadata: { name: 'delivery', namespace: 'default', links }, spec: { type: 'team', profile: { email: 'delivery@acme.example' } } };
    const people = Array.from({ length: 8 }, (_, index) => person(`p${index}`, 'group:default/delivery', `Person ${index}`));
    renderOwners([delivery, ...people], 'group:default/delivery');
    const card = await screen.findByRole('region', { name: 'Owner' });
    expect(await within(card).findByText('8 people')).toBeTruthy();
    expect(within(card).getAllByRole('img')).toHaveLength(6);
    expect(within(card).getByRole('link', { name: 'Person 0' }).getAttribute('href')).toBe('/catalog/default/user/p0');
    expect(within(card).getByRole('link', { name: 'delivery@acme.example' }).getAttribute('href')).toBe('mailto:delivery@acme.example');
    expect(within(card).getByRole('link', { name: /Chat/ }).getAttribute('href')).toBe('https://chat.acme.example/delivery');
    expect(within(card).queryByText('Trap')).toBeNull();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('may be several, one of them unknown', async () => {
    renderOwners([person('amelia', 'group:default/none', 'Amelia Park')], 'user:default/amelia', 'group:default/gone');
    const card = await screen.findByRole('region', { name: 'Owners' });
    expect(await within(card).findByRole('link', { name: 'Amelia Park' })).toBeTruthy();
    expect(within(card).getByText('Not in the catalog')).toBeTruthy();
  });

  it('is not spoken of where there is none', async () => {
    renderOwners([]);
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(screen.queryByRole('region')).toBeNull();
  });
});

describe('a group', () => {
  it('shows who it is, who is in it and what it owns, and axe objects to nothing', async () => {
    render('group:default/payments');
    const members = await screen.findByRole('region', { name: 'Members' });
    expect((await within(members).findAllByRole('listitem')).length).toBeGreaterThan(0);
    const ownership = await screen.findByRole('region', { name: 'Ownership' });
    const services = await within(ownership).findByRole('link', { name: /Components?service/ });
    const query = new URL(services.getAttribute('href') ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(query)).toEqual({ kind: 'component', type: 'service', owner: 'group:default/payments' });
    expect(await screen.findByRole('link', { name: 'payments@acme.example' })).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('counts what the groups within it own when asked to', async () => {
    render('group:default/engineering');
    const ownership = await screen.findByRole('region', { name: 'Ownership' });
    expect(await within(ownership).findByText('Owns nothing yet')).toBeTruthy();
    fireEvent.click(within(ownership).getByRole('button', { name: 'With groups' }));
    const services = await within(ownership).findByRole('link', { name: /Componentsservice/ });
    expect(services.getAttribute('href')).toContain(encodeURIComponent('group:default/checkout'));
  });

  it('has the members of groups within it when asked for', async () => {
    render('group:default/engineering');
    const members = await screen.findByRole('region', { name: 'Members' });
    expect(await within(members).findByText('Nobody is a member yet')).toBeTruthy();
    fireEvent.click(within(members).getByRole('button', { name: 'With groups within' }));
    await waitFor(() => expect(within(members).getAllByRole('listitem').length).toBeGreaterThan(1));
  });

  it('has many members by pages, and finds them by name', async () => {
    const people = Array.from({ length: 120 }, (_, index) => person(`p${String(index).padStart(3, '0')}`, 'group:default/crowd', index === 110 ? 'Zoe Last' : undefined));
    render('group:default/crowd', [group('crowd'), ...people]);
    const members = await screen.findByRole('region', { name: 'Members' });
    await waitFor(() => expect(within(members).getAllByRole('listitem')).toHaveLength(50));
    expect(within(members).getByText('120')).toBeTruthy();
    fireEvent.click(within(members).getByRole('button', { name: 'Show 50 more' }));
    await waitFor(() => expect(within(members).getAllByRole('listitem')).toHaveLength(100));
    fireEvent.change(within(members).getByRole('searchbox'), { target: { value: 'zoe' } });
    await waitFor(() => expect(within(members).getAllByRole('listitem').map(row => row.textContent)).toEqual([expect.stringContaining('Zoe Last')]));
    fireEvent.change(within(members).getByRole('searchbox'), { target: { value: 'nobody' } });
    expect(await within(members).findByText('Nobody of that name is a member.')).toBeTruthy();
  });

  it('shows of what it owns first what there is most of', async () => {
    const owned = Array.from({ length: 8 }, (_, index) => Array.from({ length: index + 1 }, (__, copy) => component(`c${index}-${copy}`, `type-${index}`))).flat();
    render('group:default/owner', [group('owner'), ...owned]);
    const ownership = await screen.findByRole('region', { name: 'Ownership' });
    await waitFor(() => expect(within(ownership).getAllByRole('listitem')).toHaveLength(6));
    expect(within(ownership).getAllByRole('link')[0]?.textContent).toMatch(/^8Components/);
    fireEvent.click(within(ownership).getByRole('button', { name: 'Show 2 more types' }));
    expect(within(ownership).getAllByRole('listitem')).toHaveLength(8);
  });

  it('stands in its hierarchy', async () => {
    render('group:default/engineering');
    const card = await screen.findByRole('region', { name: 'Hierarchy' });
    const links = await within(card).findAllByRole('link');
    expect(links.map(link => link.textContent)).toEqual(['acme', 'engineering', 'Payments', 'Checkout']);
    expect(card.querySelector('[aria-current]')?.textContent).toContain('engineering');
  });

  it('that contains itself does not hang the page', async () => {
    render('group:default/a', [group('a', 'b', ['b']), group('b', 'a', ['a'])]);
    const card = await screen.findByRole('region', { name: 'Hierarchy' });
    expect((await within(card).findAllByRole('link')).length).toBeLessThan(4);
  });

  it('says what could not be loaded', async () => {
    const backend = startMockBackend(organisation());
    backend.override(/by-query/, () => Response.json({ error: { name: 'NotAllowedError', message: 'no' } }, { status: 403 }));
    renderInTestApp(
      <EntityProvider entity={group('payments')}>
        <EntityMembersListCard />
      </EntityProvider>,
      { apis: [catalogApi], mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
    );
    expect((await screen.findByRole('alert')).textContent).toContain('You are not allowed to see this');
  });
});

it('a person has a profile and owns what their groups own', async () => {
  render('user:default/ada.okafor');
  expect(await screen.findByText('Ada Okafor')).toBeTruthy();
  const ownership = await screen.findByRole('region', { name: 'Ownership' });
  expect(await within(ownership).findByRole('link', { name: /Componentsservice/ })).toBeTruthy();
  fireEvent.click(within(ownership).getByRole('button', { name: 'Direct' }));
  expect(await within(ownership).findByText('Owns nothing yet')).toBeTruthy();
});

describe('the groups of the person', () => {
  const team = (name: string): Entity => ({ ...group(name), relations: [{ type: 'hasMember', targetRef: 'user:default/guest' }] });
  const show = (entities: Entity[], ...apis: AnyApiFactory[]) => {
    const backend = startMockBackend(entities);
    const view = renderInTestApp(<MyGroupsSidebarItem />, {
      apis: [catalogApi, ...apis],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });
    return { ...view, backend };
  };

  it('are a link where there is one', async () => {
    show([team('payments'), group('others')]);
    expect((await screen.findByRole('link', { name: 'My group' })).getAttribute('href')).toBe('/catalog/default/group/payments');
  });

  it('are a menu where there are several, by their names', async () => {
    show([team('search'), team('payments')]);
    const entry = await screen.findByRole('button', { expanded: false });
    fireEvent.click(entry);
    const items = await screen.findAllByRole('menuitem');
    expect(items.map(item => [item.textContent, item.getAttribute('href')])).toEqual([
      ['payments', '/catalog/default/group/payments'],
      ['search', '/catalog/default/group/search'],
    ]);
  });

  it('are not there for who is in none', async () => {
    const { backend } = show([group('others')]);
    await waitFor(() => expect(backend.requests.some(request => request.includes('by-query'))).toBe(true));
    await waitFor(() => expect(screen.queryByRole('button')).toBeNull());
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('have their place while they are asked for, if there were some the last time', async () => {
    const storage = mockApis.storage();
    const stored = createApiFactory({ api: storageApiRef, deps: {}, factory: () => storage });
    const { unmount } = show([team('search'), team('payments')], stored);
    expect(screen.getByRole('button').textContent).toBe('My group');
    await screen.findByRole('button', { expanded: false });
    unmount();
    const { unmount: unmountOther } = show([], stored);
    expect(screen.getByRole('button')).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('button')).toBeNull());
    unmountOther();
    show([], stored);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
