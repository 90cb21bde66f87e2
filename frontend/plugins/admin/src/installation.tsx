import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { adminPageConfig } from './adminConfig';
import { installationTexts as text } from './installationTexts';
import { AdminPage, adminPlugin } from './plugin';

/** The page, in the navigation of those who may see something on it that others may not. */
export const installation = defineInstallation({
  plugin: adminPlugin,
  translation: () => import('./translation').then(m => m.adminTranslationRef),
  title: text.title,
  description: text.subtitle,
  icon: 'shield',
  extensions: [
    definePage({
      path: '/admin',
      title: text.navigation,
      icon: 'shield',
      group: 'admin',
      order: 100,
      permissions: ['audit.event.read', 'catalog.ingestion.read'],
      config: adminPageConfig,
      element: <AdminPage />,
    }),
  ],
});
