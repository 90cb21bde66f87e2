import { createExternalRouteRef, createRouteRef } from '@callboard/core-plugin-api';

/** All APIs. */
export const rootRouteRef = createRouteRef({ id: 'api-docs' });

/** Where APIs are registered. */
export const registerApiRouteRef = createExternalRouteRef({
  id: 'register-api',
  optional: true,
  defaultTarget: 'catalog-import.importPage',
});
