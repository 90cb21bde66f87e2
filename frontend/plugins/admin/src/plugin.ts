import { createApiFactory, createPlugin, createRoutableExtension, fetchApiRef } from '@callboard/core-plugin-api';
import { adminApiRef } from './api/AdminApi';
import { AdminClient } from './api/AdminClient';
import { auditRouteRef, catalogRouteRef, endpointFormRouteRef, endpointRouteRef, proxyRouteRef, rootRouteRef } from './routes';

/** Looking after the portal. */
export const adminPlugin = createPlugin({
  id: 'admin',
  apis: [createApiFactory({ api: adminApiRef, deps: { fetchApi: fetchApiRef }, factory: deps => new AdminClient(deps) })],
  routes: {
    root: rootRouteRef,
    proxy: proxyRouteRef,
    endpoint: endpointRouteRef,
    endpointForm: endpointFormRouteRef,
    catalog: catalogRouteRef,
    audit: auditRouteRef,
  },
});

export const AdminPage = adminPlugin.provide(
  createRoutableExtension({
    name: 'AdminPage',
    component: () => import('./components/AdminPage').then(m => m.AdminPage),
    mountPoint: rootRouteRef,
  }),
);
