import { CatalogClient } from '@callboard/catalog-client';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
  preloadExtension,
  storageApiRef,
} from '@callboard/core-plugin-api';
import {
  CatalogEntityPresentation,
  catalogApiRef,
  entityPresentationApiRef,
  entityRouteRef,
  starredEntitiesApiRef,
  StoredStarredEntities,
} from '@callboard/plugin-catalog-react';
import { createComponentRouteRef, rootRouteRef, searchRouteRef } from './routes';

/** The software catalog: its table, and a page for each entity. */
export const catalogPlugin = createPlugin({
  id: 'catalog',
  apis: [
    createApiFactory({
      api: catalogApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) => new CatalogClient({ discoveryApi, fetchApi }),
    }),
    createApiFactory({
      api: starredEntitiesApiRef,
      deps: { storageApi: storageApiRef },
      factory: deps => new StoredStarredEntities(deps),
    }),
    createApiFactory({
      api: entityPresentationApiRef,
      deps: { catalogApi: catalogApiRef },
      factory: deps => new CatalogEntityPresentation(deps),
    }),
  ],
  routes: {
    catalogIndex: rootRouteRef,
    catalogEntity: entityRouteRef,
  },
  externalRoutes: {
    createComponent: createComponentRouteRef,
    search: searchRouteRef,
  },
});

export const CatalogIndexPage = catalogPlugin.provide(
  createRoutableExtension({
    name: 'CatalogIndexPage',
    component: () => import('./components/CatalogIndexPage').then(m => m.CatalogIndexPage),
    mountPoint: rootRouteRef,
  }),
);

export const CatalogEntityPage = catalogPlugin.provide(
  createRoutableExtension({
    name: 'CatalogEntityPage',
    component: async () => {
      // What most entities show comes along, so that the page stands at once and nothing of it jumps.
      const [{ CatalogEntityPage: Page }] = await Promise.all([
        import('./components/CatalogEntityPage'),
        ...[EntityOverview, EntityAboutCard, EntityRelationsGraphCard, EntityLinksCard, EntityLabelsCard].map(preloadExtension),
      ]);
      return Page;
    },
    mountPoint: entityRouteRef,
  }),
);

export const CatalogQuickSearch = catalogPlugin.provide(
  createComponentExtension({
    name: 'CatalogQuickSearch',
    component: { lazy: () => import('./components/QuickSearch').then(m => m.QuickSearch) },
  }),
);

export const CatalogLiveUpdates = catalogPlugin.provide(
  createComponentExtension({
    name: 'CatalogLiveUpdates',
    component: { lazy: () => import('./components/CatalogLiveUpdates').then(m => m.CatalogLiveUpdates) },
  }),
);

export const EntityOverview = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityOverview',
    component: { lazy: () => import('./components/EntityOverview').then(m => m.EntityOverview) },
  }),
);

export const EntityWarnings = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityWarnings',
    component: { lazy: () => import('./components/EntityWarnings').then(m => m.EntityWarnings) },
  }),
);

export const EntityAboutCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityAboutCard',
    component: { lazy: () => import('./components/cards').then(m => m.AboutCard) },
  }),
);

export const EntityLinksCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityLinksCard',
    component: { lazy: () => import('./components/cards').then(m => m.LinksCard) },
  }),
);

export const EntityLabelsCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityLabelsCard',
    component: { lazy: () => import('./components/cards').then(m => m.LabelsCard) },
  }),
);

export const EntityHistoryCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityHistoryCard',
    component: { lazy: () => import('./components/HistoryCard').then(m => m.HistoryCard) },
  }),
);

export const EntityRelationsCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityRelationsCard',
    component: { lazy: () => import('./components/cards').then(m => m.RelationsCard) },
  }),
);

export const EntityRelationsGraphCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityRelationsGraphCard',
    component: { lazy: () => import('./components/cards').then(m => m.RelationsGraphCard) },
  }),
);

export const EntityDescriptor = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityDescriptor',
    component: { lazy: () => import('./components/Descriptor').then(m => m.Descriptor) },
  }),
);

export const EntityHasComponentsCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityHasComponentsCard',
    component: { lazy: () => import('./components/cards').then(m => m.HasComponentsCard) },
  }),
);

export const EntityHasResourcesCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityHasResourcesCard',
    component: { lazy: () => import('./components/cards').then(m => m.HasResourcesCard) },
  }),
);

export const EntityHasSubcomponentsCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityHasSubcomponentsCard',
    component: { lazy: () => import('./components/cards').then(m => m.HasSubcomponentsCard) },
  }),
);

export const EntityHasSystemsCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityHasSystemsCard',
    component: { lazy: () => import('./components/cards').then(m => m.HasSystemsCard) },
  }),
);

export const EntityHasSubdomainsCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityHasSubdomainsCard',
    component: { lazy: () => import('./components/cards').then(m => m.HasSubdomainsCard) },
  }),
);

export const EntityDependsOnComponentsCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityDependsOnComponentsCard',
    component: { lazy: () => import('./components/cards').then(m => m.DependsOnComponentsCard) },
  }),
);

export const EntityDependsOnResourcesCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityDependsOnResourcesCard',
    component: { lazy: () => import('./components/cards').then(m => m.DependsOnResourcesCard) },
  }),
);

export const EntityDependencyOfComponentsCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityDependencyOfComponentsCard',
    component: { lazy: () => import('./components/cards').then(m => m.DependencyOfComponentsCard) },
  }),
);

export const EntityDependencyOfResourcesCard = catalogPlugin.provide(
  createComponentExtension({
    name: 'EntityDependencyOfResourcesCard',
    component: { lazy: () => import('./components/cards').then(m => m.DependencyOfResourcesCard) },
  }),
);
