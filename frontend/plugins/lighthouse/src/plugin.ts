import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@callboard/core-plugin-api';
import { lighthouseApiRef } from './api/LighthouseApi';
import { LighthouseClient } from './api/LighthouseClient';
import { auditRouteRef, compareRouteRef, createAuditRouteRef, rootRouteRef, trendsRouteRef } from './routes';

/** Audits of websites. */
export const lighthousePlugin = createPlugin({
  id: 'lighthouse',
  apis: [
    createApiFactory({
      api: lighthouseApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new LighthouseClient(deps),
    }),
  ],
  routes: { root: rootRouteRef, audit: auditRouteRef, createAudit: createAuditRouteRef, compare: compareRouteRef, trends: trendsRouteRef },
});

export const LighthousePage = lighthousePlugin.provide(
  createRoutableExtension({
    name: 'LighthousePage',
    component: () => import('./components/LighthousePage').then(m => m.LighthousePage),
    mountPoint: rootRouteRef,
  }),
);

export const EntityLighthouseContent = lighthousePlugin.provide(
  createComponentExtension({
    name: 'EntityLighthouseContent',
    component: { lazy: () => import('./components/entity').then(m => m.EntityContent) },
  }),
);

export const EntityLastLighthouseAuditCard = lighthousePlugin.provide(
  createComponentExtension({
    name: 'EntityLastLighthouseAuditCard',
    component: { lazy: () => import('./components/entity').then(m => m.LastAuditCard) },
  }),
);
