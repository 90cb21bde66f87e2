import { createPlugin, createRoutableExtension } from '@callboard/core-plugin-api';
import { rootRouteRef } from './routes';

/** Finds whatever the portal knows. */
export const searchPlugin = createPlugin({
  id: 'search',
  routes: { root: rootRouteRef },
});

export const SearchPage = searchPlugin.provide(
  createRoutableExtension({
    name: 'SearchPage',
    component: () => import('./components/SearchPage').then(m => m.SearchPage),
    mountPoint: rootRouteRef,
  }),
);
