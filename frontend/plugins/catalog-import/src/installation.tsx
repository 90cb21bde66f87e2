import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { catalogImportTranslationRef } from './translation';
import { CatalogImportPage, catalogImportPlugin } from './plugin';

/** The page to register components on. */
export const installation = defineInstallation({
  plugin: catalogImportPlugin,
  translation: catalogImportTranslationRef,
  title: catalogImportTranslationRef.messages.plugin,
  description: catalogImportTranslationRef.messages.subtitle,
  icon: 'create',
  extensions: [
    definePage({ path: '/catalog-import', title: catalogImportTranslationRef.messages.plugin, icon: 'create', order: 80, element: <CatalogImportPage /> }),
  ],
});
