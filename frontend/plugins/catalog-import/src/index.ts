/** Registering what is in files elsewhere with the catalog. */
export * from './plugin';
export { installation } from './installation';
export { catalogImportTranslationRef } from './translation';
