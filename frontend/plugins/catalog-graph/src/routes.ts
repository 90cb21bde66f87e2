import { createRouteRef } from '@callboard/core-plugin-api';

/** The graph; takes `?rootEntityRefs[]=`. */
export const catalogGraphRouteRef = createRouteRef({ id: 'catalog-graph' });
