export * from './types';
export * from './routeRefs';
export * from './useRouteRef';
