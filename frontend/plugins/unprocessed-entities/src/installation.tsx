import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { unprocessedEntitiesTranslationRef } from './translation';
import { UnprocessedEntitiesPage, unprocessedEntitiesPlugin } from './plugin';

/** The page, among those for whoever runs the portal. */
export const installation = defineInstallation({
  plugin: unprocessedEntitiesPlugin,
  translation: unprocessedEntitiesTranslationRef,
  title: unprocessedEntitiesTranslationRef.messages.title,
  description: unprocessedEntitiesTranslationRef.messages.subtitle,
  icon: 'warning',
  extensions: [
    definePage({
      path: '/unprocessed-entities',
      title: unprocessedEntitiesTranslationRef.messages.title,
      icon: 'warning',
      group: 'admin',
      order: 40,
      element: <UnprocessedEntitiesPage />,
    }),
  ],
});
