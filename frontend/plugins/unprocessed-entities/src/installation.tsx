import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { installationTexts as text } from './installationTexts';
import { UnprocessedEntitiesPage, unprocessedEntitiesPlugin } from './plugin';

/** The page, among those for whoever runs the portal. */
export const installation = defineInstallation({
  plugin: unprocessedEntitiesPlugin,
  translation: () => import('./translation').then(m => m.unprocessedEntitiesTranslationRef),
  title: text.title,
  description: text.subtitle,
  icon: 'warning',
  extensions: [
    definePage({
      path: '/unprocessed-entities',
      title: text.title,
      icon: 'warning',
      group: 'admin',
      order: 40,
      element: <UnprocessedEntitiesPage />,
    }),
  ],
});
