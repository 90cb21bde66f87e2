/** {{title}}. */
export * from './plugin';
