import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { adminPageConfig } from './adminConfig';
import { adminTranslationRef } from './translation';
import { AdminPage, adminPlugin } from './plugin';

/** The page, in the navigation of those who may see something on it that others may not. */
export const installation = defineInstallation({
  plugin: adminPlugin,
  translation: adminTranslationRef,
  title: adminTranslationRef.messages.title,
  description: adminTranslationRef.messages.subtitle,
  icon: 'shield',
  extensions: [
    definePage({
      path: '/admin',
      title: adminTranslationRef.messages.navigation,
      icon: 'shield',
      group: 'admin',
      order: 100,
      permissions: ['audit.event.read', 'catalog.ingestion.read'],
      config: adminPageConfig,
      element: <AdminPage />,
    }),
  ],
});
