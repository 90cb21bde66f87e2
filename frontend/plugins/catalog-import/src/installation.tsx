import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { installationTexts as text } from './installationTexts';
import { CatalogImportPage, catalogImportPlugin } from './plugin';

/** The page to register components on. */
export const installation = defineInstallation({
  plugin: catalogImportPlugin,
  translation: () => import('./translation').then(m => m.catalogImportTranslationRef),
  title: text.plugin,
  description: text.subtitle,
  icon: 'create',
  extensions: [
    definePage({ path: '/catalog-import', title: text.plugin, icon: 'create', order: 80, element: <CatalogImportPage /> }),
  ],
});
