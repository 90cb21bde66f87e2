import { createExternalRouteRef, createRouteRef } from '@callboard/core-plugin-api';

/** The catalog's table. */
export const rootRouteRef = createRouteRef({ id: 'catalog' });

/** Where components are registered. */
export const createComponentRouteRef = createExternalRouteRef({
  id: 'create-component',
  optional: true,
  defaultTarget: 'catalog-import.importPage',
});

/** Where everything is searched, beyond names. */
export const searchRouteRef = createExternalRouteRef({ id: 'search', optional: true, defaultTarget: 'search.root' });
