import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@callboard/core-plugin-api';
import { techRadarApiRef } from './api/techRadarApi';
import { ConfiguredTechRadar } from './api/ConfiguredTechRadar';
import { rootRouteRef } from './routes';

/** The technology radar. */
export const techRadarPlugin = createPlugin({
  id: 'tech-radar',
  apis: [
    createApiFactory({
      api: techRadarApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ConfiguredTechRadar(deps),
    }),
  ],
  routes: { root: rootRouteRef },
});

export const TechRadarPage = techRadarPlugin.provide(
  createRoutableExtension({
    name: 'TechRadarPage',
    component: () => import('./components/TechRadarPage').then(m => m.TechRadarPage),
    mountPoint: rootRouteRef,
  }),
);
