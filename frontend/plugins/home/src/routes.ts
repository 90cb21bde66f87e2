import { createExternalRouteRef, createRouteRef } from '@callboard/core-plugin-api';

/** The page where a person goes on. */
export const rootRouteRef = createRouteRef({ id: 'home' });

/** The page that searches. */
export const searchRouteRef = createExternalRouteRef({ id: 'search', optional: true, defaultTarget: 'search.root' });

/** Where components are registered. */
export const catalogImportRouteRef = createExternalRouteRef({
  id: 'catalog-import',
  optional: true,
  defaultTarget: 'catalog-import.importPage',
});

/** Where a person sets up the portal for themselves. */
export const settingsRouteRef = createExternalRouteRef({ id: 'settings', optional: true, defaultTarget: 'user-settings.root' });

/** The catalog's table, where all that somebody owns is listed. */
export const catalogIndexRouteRef = createExternalRouteRef({
  id: 'catalog-index',
  optional: true,
  defaultTarget: 'catalog.catalogIndex',
});
