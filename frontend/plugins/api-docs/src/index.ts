/** Definitions of APIs to read and try, and who provides and consumes them. */
export * from './installation';
export * from './plugin';
export { apiDocsTranslationRef } from './translation';
