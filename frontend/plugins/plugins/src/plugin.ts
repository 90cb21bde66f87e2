import { createPlugin, createRoutableExtension } from '@callboard/core-plugin-api';
import { rootRouteRef } from './routes';

/** What is installed in the portal. */
export const pluginsPlugin = createPlugin({
  id: 'plugins',
  routes: { root: rootRouteRef },
});

export const PluginsPage = pluginsPlugin.provide(
  createRoutableExtension({
    name: 'PluginsPage',
    component: () => import('./components/PluginsPage').then(m => m.PluginsPage),
    mountPoint: rootRouteRef,
  }),
);
