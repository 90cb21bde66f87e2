import { createComponentExtension, createPlugin, createRoutableExtension } from '@callboard/core-plugin-api';
import { catalogImportRouteRef, catalogIndexRouteRef, rootRouteRef, searchRouteRef, settingsRouteRef } from './routes';

/** Where a person goes on: what they own, starred and looked at. */
export const homePlugin = createPlugin({
  id: 'home',
  routes: { root: rootRouteRef },
  externalRoutes: {
    catalogIndex: catalogIndexRouteRef,
    catalogImport: catalogImportRouteRef,
    search: searchRouteRef,
    settings: settingsRouteRef,
  },
});

export const HomePage = homePlugin.provide(
  createRoutableExtension({
    name: 'HomePage',
    component: () => import('./components/HomePage').then(m => m.HomePage),
    mountPoint: rootRouteRef,
  }),
);

export const OwnedCard = homePlugin.provide(
  createComponentExtension({
    name: 'OwnedCard',
    component: { lazy: () => import('./components/cards/OwnedCard').then(m => m.OwnedCard) },
  }),
);

export const StarredCard = homePlugin.provide(
  createComponentExtension({
    name: 'StarredCard',
    component: { lazy: () => import('./components/cards/StarredCard').then(m => m.StarredCard) },
  }),
);

export const RecentlyVisitedCard = homePlugin.provide(
  createComponentExtension({
    name: 'RecentlyVisitedCard',
    component: { lazy: () => import('./components/cards/VisitedCards').then(m => m.RecentlyVisitedCard) },
  }),
);

export const TopVisitedCard = homePlugin.provide(
  createComponentExtension({
    name: 'TopVisitedCard',
    component: { lazy: () => import('./components/cards/VisitedCards').then(m => m.TopVisitedCard) },
  }),
);

export const AnnouncementsCard = homePlugin.provide(
  createComponentExtension({
    name: 'AnnouncementsCard',
    component: { lazy: () => import('./components/cards/AnnouncementsCard').then(m => m.AnnouncementsCard) },
  }),
);

export const VisitListener = homePlugin.provide(
  createComponentExtension({
    name: 'VisitListener',
    component: { lazy: () => import('./components/VisitListener').then(m => m.VisitListener) },
  }),
);

export const SearchBar = homePlugin.provide(
  createComponentExtension({
    name: 'SearchBar',
    component: { lazy: () => import('./components/cards/SearchBar').then(m => m.SearchBar) },
  }),
);

export const ToolkitCard = homePlugin.provide(
  createComponentExtension({
    name: 'ToolkitCard',
    component: { lazy: () => import('./components/cards/ToolkitCard').then(m => m.ToolkitCard) },
  }),
);

export const WorldClocksCard = homePlugin.provide(
  createComponentExtension({
    name: 'WorldClocksCard',
    component: { lazy: () => import('./components/cards/WorldClocksCard').then(m => m.WorldClocksCard) },
  }),
);

export const QuickStartCard = homePlugin.provide(
  createComponentExtension({
    name: 'QuickStartCard',
    component: { lazy: () => import('./components/cards/QuickStartCard').then(m => m.QuickStartCard) },
  }),
);

export const CompanyLogo = homePlugin.provide(
  createComponentExtension({
    name: 'CompanyLogo',
    component: { lazy: () => import('./components/cards/CompanyLogo').then(m => m.CompanyLogo) },
  }),
);
