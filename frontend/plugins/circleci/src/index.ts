/** CircleCI's builds, through the portal's proxy. */
export * from './api/CircleCIApi';
export { CircleCIClient } from './api/CircleCIClient';
export type * from './api/types';
export { CIRCLECI_ANNOTATION, isCircleCIAvailable } from './lib/projectSlug';
export * from './installation';
export * from './plugin';
export { circleciTranslationRef } from './translation';
