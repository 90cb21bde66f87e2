/** The software catalog. */
export * from './plugin';
