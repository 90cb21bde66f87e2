import { createApp, FlatRoutes } from '@callboard/core-app-api';
import { AppShell, type NavigationGroup } from '@callboard/core-components';
import { CatalogEntityPage, CatalogIndexPage, catalogPlugin, CatalogQuickSearch } from '@callboard/plugin-catalog';
import { CatalogImportPage, catalogImportPlugin } from '@callboard/plugin-catalog-import';
import { Library, PackagePlus } from 'lucide-react';
import { Navigate, Route } from 'react-router-dom';
import { entityPage } from './entityPage';

export const app = createApp({
  config: { app: { title: 'Callboard' } },
  bindRoutes({ bind }) {
    bind(catalogPlugin.externalRoutes, { createComponent: catalogImportPlugin.routes.importPage });
  },
});

const navigation: NavigationGroup[] = [
  {
    items: [
      { label: 'Catalog', icon: Library, to: '/catalog' },
      { label: 'Register component', icon: PackagePlus, to: '/catalog-import' },
    ],
  },
];

const routes = (
  <FlatRoutes>
    <Route path="/" element={<Navigate to="/catalog" replace />} />
    <Route path="/catalog" element={<CatalogIndexPage />} />
    <Route path="/catalog/:namespace/:kind/:name" element={<CatalogEntityPage />}>
      {entityPage}
    </Route>
    <Route path="/catalog-import" element={<CatalogImportPage />} />
  </FlatRoutes>
);

/** The whole app: what surrounds the pages, and the pages. */
export const root = app.createRoot(
  <AppShell navigation={navigation} renderSearch={dialog => <CatalogQuickSearch {...dialog} />}>
    {routes}
  </AppShell>,
);
