/** What a technology radar is made of, and how one is read. Runs in browsers and in Node. */
export { parseRadar } from './parseRadar';
export * from './types';
