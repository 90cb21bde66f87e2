import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { messages } from './messages';
import { UnprocessedEntitiesPage, unprocessedEntitiesPlugin } from './plugin';

/** The page, among those for whoever runs the portal. */
export const installation = defineInstallation({
  plugin: unprocessedEntitiesPlugin,
  title: messages.title,
  description: messages.subtitle,
  icon: 'warning',
  extensions: [
    definePage({
      path: '/unprocessed-entities',
      title: messages.title,
      icon: 'warning',
      group: 'admin',
      order: 40,
      element: <UnprocessedEntitiesPage />,
    }),
  ],
});
