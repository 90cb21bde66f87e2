import { createPlugin, createRoutableExtension } from '@callboard/core-plugin-api';
import { rootRouteRef } from './routes';

/** Registers existing components by the URL of their descriptor. */
export const catalogImportPlugin = createPlugin({
  id: 'catalog-import',
  routes: { importPage: rootRouteRef },
});

export const CatalogImportPage = catalogImportPlugin.provide(
  createRoutableExtension({
    name: 'CatalogImportPage',
    component: () => import('./components/ImportPage').then(m => m.ImportPage),
    mountPoint: rootRouteRef,
  }),
);
