import { createPlugin, createRoutableExtension } from '@callboard/core-plugin-api';
import { rootRouteRef } from './routes';

/** How the portal looks to a person, who they are to it, and where they are signed in. */
export const userSettingsPlugin = createPlugin({
  id: 'user-settings',
  routes: { root: rootRouteRef },
});

export const UserSettingsPage = userSettingsPlugin.provide(
  createRoutableExtension({
    name: 'UserSettingsPage',
    component: () => import('./components/UserSettingsPage').then(m => m.UserSettingsPage),
    mountPoint: rootRouteRef,
  }),
);
