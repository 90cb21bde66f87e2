import { createExternalRouteRef } from '@callboard/core-plugin-api';

/** The catalog's table, where what somebody owns is listed. */
export const catalogIndexRouteRef = createExternalRouteRef({
  id: 'catalog-index',
  optional: true,
  defaultTarget: 'catalog.catalogIndex',
});
