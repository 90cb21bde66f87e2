/** The catalog as a graph to walk through. */
export * from './installation';
export * from './plugin';
export { catalogGraphTranslationRef } from './translation';
