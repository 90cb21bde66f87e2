import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { messages } from './messages';
import { CatalogImportPage, catalogImportPlugin } from './plugin';

/** The page to register components on. */
export const installation = defineInstallation({
  plugin: catalogImportPlugin,
  title: messages.plugin,
  description: messages.subtitle,
  icon: 'create',
  extensions: [
    definePage({ path: '/catalog-import', title: messages.plugin, icon: 'create', order: 80, element: <CatalogImportPage /> }),
  ],
});
