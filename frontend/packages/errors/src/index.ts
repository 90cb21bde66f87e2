/** The errors that packages, units and portals tell each other of by name. Runs in browsers and in Node. */
export * from './assertions';
export * from './CustomErrorBase';
export * from './namedErrors';
export * from './ResponseError';
export * from './responseBody';
export * from './serialization';
