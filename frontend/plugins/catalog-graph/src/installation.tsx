import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { defineEntityCard } from '@callboard/plugin-catalog-react';
import { installationTexts as text } from './installationTexts';
import { CatalogGraphPage, catalogGraphPlugin, EntityCatalogGraphCard } from './plugin';

/** The graph's page, and a card that waits to be turned on, since the catalog has one of nearest relations. */
export const installation = defineInstallation({
  plugin: catalogGraphPlugin,
  translation: () => import('./translation').then(m => m.catalogGraphTranslationRef),
  title: text.title,
  description: text.subtitle,
  icon: 'graph',
  extensions: [
    definePage({ path: '/catalog-graph', title: text.title, icon: 'graph', order: 40, element: <CatalogGraphPage /> }),
    defineEntityCard({ name: 'graph', order: 22, enabled: false, element: <EntityCatalogGraphCard /> }),
  ],
});
