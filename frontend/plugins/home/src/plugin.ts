import { createComponentExtension, createPlugin, createRoutableExtension } from '@callboard/core-plugin-api';
import { catalogIndexRouteRef, rootRouteRef } from './routes';

/** Where a person goes on: what they own, starred and looked at. */
export const homePlugin = createPlugin({
  id: 'home',
  routes: { root: rootRouteRef },
  externalRoutes: { catalogIndex: catalogIndexRouteRef },
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
    component: { lazy: () => import('./components/OwnedCard').then(m => m.OwnedCard) },
  }),
);

export const StarredCard = homePlugin.provide(
  createComponentExtension({
    name: 'StarredCard',
    component: { lazy: () => import('./components/StarredCard').then(m => m.StarredCard) },
  }),
);

export const RecentlyVisitedCard = homePlugin.provide(
  createComponentExtension({
    name: 'RecentlyVisitedCard',
    component: { lazy: () => import('./components/VisitedCards').then(m => m.RecentlyVisitedCard) },
  }),
);

export const TopVisitedCard = homePlugin.provide(
  createComponentExtension({
    name: 'TopVisitedCard',
    component: { lazy: () => import('./components/VisitedCards').then(m => m.TopVisitedCard) },
  }),
);

export const VisitListener = homePlugin.provide(
  createComponentExtension({
    name: 'VisitListener',
    component: { lazy: () => import('./components/VisitListener').then(m => m.VisitListener) },
  }),
);
