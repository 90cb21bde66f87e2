import { createPlugin, createRoutableExtension } from '@callboard/core-plugin-api';
import { rootRouteRef } from './routes';

/** {{title}}. */
export const {{camel}}Plugin = createPlugin({
  id: '{{id}}',
  routes: { root: rootRouteRef },
});

export const {{pascal}}Page = {{camel}}Plugin.provide(
  createRoutableExtension({
    name: '{{pascal}}Page',
    component: () => import('./components/{{pascal}}Page').then(m => m.{{pascal}}Page),
    mountPoint: rootRouteRef,
  }),
);
