/** The catalog's vocabulary: entities, references, relations. Runs in browsers and in Node. */
export * from './entity';
export * from './entityRef';
export * from './formats';
export * from './kinds';
export * from './location';
export * from './relationNames';
export * from './relations';
