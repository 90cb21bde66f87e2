import { createComponentExtension, createPlugin, createRoutableExtension } from '@callboard/core-plugin-api';
import { registerApiRouteRef, rootRouteRef } from './routes';

/** Definitions of APIs, and who provides and consumes them. */
export const apiDocsPlugin = createPlugin({
  id: 'api-docs',
  routes: { root: rootRouteRef },
  externalRoutes: { registerApi: registerApiRouteRef },
});

export const ApiExplorerPage = apiDocsPlugin.provide(
  createRoutableExtension({
    name: 'ApiExplorerPage',
    component: () => import('./components/ApiExplorerPage').then(m => m.ApiExplorerPage),
    mountPoint: rootRouteRef,
  }),
);

export const EntityApiDefinitionCard = apiDocsPlugin.provide(
  createComponentExtension({
    name: 'EntityApiDefinitionCard',
    component: { lazy: () => import('./components/Definition').then(m => m.Definition) },
  }),
);

/** A card that lists the far ends of one relation of the page's entity. */
const relationCard = (name: string, card: 'ProvidedApisCard' | 'ConsumedApisCard' | 'ProvidersCard' | 'ConsumersCard' | 'HasApisCard') =>
  apiDocsPlugin.provide(
    createComponentExtension({ name, component: { lazy: () => import('./components/relationCards').then(m => m[card]) } }),
  );

export const EntityProvidedApisCard = relationCard('EntityProvidedApisCard', 'ProvidedApisCard');
export const EntityConsumedApisCard = relationCard('EntityConsumedApisCard', 'ConsumedApisCard');
export const EntityProvidingComponentsCard = relationCard('EntityProvidingComponentsCard', 'ProvidersCard');
export const EntityConsumingComponentsCard = relationCard('EntityConsumingComponentsCard', 'ConsumersCard');
export const EntityHasApisCard = relationCard('EntityHasApisCard', 'HasApisCard');
