import { createComponentExtension, createPlugin } from '@callboard/core-plugin-api';
import { MyGroupsItem } from './components/MyGroupsItem';
import { catalogIndexRouteRef } from './routes';

/** Cards about groups and people. */
export const orgPlugin = createPlugin({ id: 'org', externalRoutes: { catalogIndex: catalogIndexRouteRef } });

export const EntityProfileCard = orgPlugin.provide(
  createComponentExtension({
    name: 'EntityProfileCard',
    component: { lazy: () => import('./components/ProfileCard').then(m => m.ProfileCard) },
  }),
);

export const EntityOwnerCard = orgPlugin.provide(
  createComponentExtension({
    name: 'EntityOwnerCard',
    component: { lazy: () => import('./components/OwnerCard').then(m => m.OwnerCard) },
  }),
);

export const EntityMembersListCard = orgPlugin.provide(
  createComponentExtension({
    name: 'EntityMembersListCard',
    component: { lazy: () => import('./components/MembersCard').then(m => m.MembersCard) },
  }),
);

export const EntityOwnershipCard = orgPlugin.provide(
  createComponentExtension({
    name: 'EntityOwnershipCard',
    component: { lazy: () => import('./components/OwnershipCard').then(m => m.OwnershipCard) },
  }),
);

export const EntityHierarchyCard = orgPlugin.provide(
  createComponentExtension({
    name: 'EntityHierarchyCard',
    component: { lazy: () => import('./components/HierarchyCard').then(m => m.HierarchyCard) },
  }),
);

/** Part of the first page, so loaded with it. */
export const MyGroupsSidebarItem = orgPlugin.provide(
  createComponentExtension({ name: 'MyGroupsSidebarItem', component: { sync: MyGroupsItem } }),
);
