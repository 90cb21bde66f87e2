/** The software catalog. */
export * from './plugin';
export { installation } from './installation';
export { catalogTranslationRef } from './translation';
