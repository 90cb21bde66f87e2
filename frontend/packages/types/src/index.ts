/** Types that every package may speak of, and what little there is to do with them. Runs in browsers and in Node. */
export * from './deferred';
export * from './duration';
export * from './json';
export * from './observable';
