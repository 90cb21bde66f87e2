import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { adminPageConfig } from './adminConfig';
import { messages } from './messages';
import { AdminPage, adminPlugin } from './plugin';

/** The page, in the navigation of those who may see something on it that others may not. */
export const installation = defineInstallation({
  plugin: adminPlugin,
  title: messages.title,
  description: messages.subtitle,
  icon: 'shield',
  extensions: [
    definePage({
      path: '/admin',
      title: messages.navigation,
      icon: 'shield',
      group: 'admin',
      order: 100,
      permissions: ['audit.event.read', 'catalog.ingestion.read'],
      config: adminPageConfig,
      element: <AdminPage />,
    }),
  ],
});
