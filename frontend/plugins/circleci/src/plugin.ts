import {
  configApiRef,
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
  translationApiRef,
} from '@callboard/core-plugin-api';
import { circleCIApiRef } from './api/CircleCIApi';
import { CircleCIClient } from './api/CircleCIClient';
import { proxyPathOf } from './lib/proxyPath';
import { circleCIProjectRouteRef, circleCIRouteRef } from './routes';

/** CircleCI's pipelines, workflows and jobs. */
export const circleCIPlugin = createPlugin({
  id: 'circleci',
  apis: [
    createApiFactory({
      api: circleCIApiRef,
      deps: { configApi: configApiRef, discoveryApi: discoveryApiRef, fetchApi: fetchApiRef, translationApi: translationApiRef },
      factory: ({ configApi, ...deps }) => new CircleCIClient({ ...deps, proxyPath: proxyPathOf(configApi) }),
    }),
  ],
  routes: { root: circleCIRouteRef, project: circleCIProjectRouteRef },
});

export const CircleCIPage = circleCIPlugin.provide(
  createRoutableExtension({
    name: 'CircleCIPage',
    component: () => import('./components/CircleCIPage').then(m => m.CircleCIPage),
    mountPoint: circleCIRouteRef,
  }),
);

export const EntityCircleCIContent = circleCIPlugin.provide(
  createComponentExtension({
    name: 'EntityCircleCIContent',
    component: { lazy: () => import('./components/EntityContent').then(m => m.EntityContent) },
  }),
);

export const EntityLatestCircleCIBuildsCard = circleCIPlugin.provide(
  createComponentExtension({
    name: 'EntityLatestCircleCIBuildsCard',
    component: { lazy: () => import('./components/LatestBuildsCard').then(m => m.LatestBuildsCard) },
  }),
);
