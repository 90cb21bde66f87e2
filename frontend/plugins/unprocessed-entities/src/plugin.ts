import { createPlugin, createRoutableExtension } from '@callboard/core-plugin-api';
import { rootRouteRef } from './routes';

/** What the catalog could not process, and why. */
export const unprocessedEntitiesPlugin = createPlugin({
  id: 'unprocessed-entities',
  routes: { root: rootRouteRef },
});

export const UnprocessedEntitiesPage = unprocessedEntitiesPlugin.provide(
  createRoutableExtension({
    name: 'UnprocessedEntitiesPage',
    component: () => import('./components/UnprocessedEntitiesPage').then(m => m.UnprocessedEntitiesPage),
    mountPoint: rootRouteRef,
  }),
);
