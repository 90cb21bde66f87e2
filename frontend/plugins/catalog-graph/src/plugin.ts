import { createComponentExtension, createPlugin, createRoutableExtension } from '@callboard/core-plugin-api';
import { catalogGraphRouteRef } from './routes';

/** How entities hang together, drawn. */
export const catalogGraphPlugin = createPlugin({ id: 'catalog-graph', routes: { catalogGraph: catalogGraphRouteRef } });

export const CatalogGraphPage = catalogGraphPlugin.provide(
  createRoutableExtension({
    name: 'CatalogGraphPage',
    component: () => import('./components/CatalogGraphPage').then(m => m.CatalogGraphPage),
    mountPoint: catalogGraphRouteRef,
  }),
);

export const EntityCatalogGraphCard = catalogGraphPlugin.provide(
  createComponentExtension({
    name: 'EntityCatalogGraphCard',
    component: { lazy: () => import('./components/EntityGraphCard').then(m => m.EntityGraphCard) },
  }),
);
