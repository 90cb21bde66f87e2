import { createRouteRef, createSubRouteRef } from '@callboard/core-plugin-api';

/** The components with a CircleCI project. */
export const circleCIRouteRef = createRouteRef({ id: 'circleci' });

/** The pipelines of one project. */
export const circleCIProjectRouteRef = createSubRouteRef({
  id: 'circleci-project',
  parent: circleCIRouteRef,
  path: '/:vcs/:organization/:repository',
});
