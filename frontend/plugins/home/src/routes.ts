import { createExternalRouteRef, createRouteRef } from '@callboard/core-plugin-api';

/** The page where a person goes on. */
export const rootRouteRef = createRouteRef({ id: 'home' });

/** The catalog's table, where all that somebody owns is listed. */
export const catalogIndexRouteRef = createExternalRouteRef({
  id: 'catalog-index',
  optional: true,
  defaultTarget: 'catalog.catalogIndex',
});
