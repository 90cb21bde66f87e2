/** The page of what the catalog could not process. */
export { installation } from './installation';
export { unprocessedEntitiesPlugin, UnprocessedEntitiesPage } from './plugin';
export { unprocessedEntitiesTranslationRef } from './translation';
