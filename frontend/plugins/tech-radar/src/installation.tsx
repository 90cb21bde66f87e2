import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { installationTexts as text } from './installationTexts';
import { TechRadarPage, techRadarPlugin } from './plugin';
import { radarPageConfig } from './radarConfig';

/** The radar's page. */
export const installation = defineInstallation({
  plugin: techRadarPlugin,
  translation: () => import('./translation').then(m => m.techRadarTranslationRef),
  title: text.title,
  description: text.subtitle,
  icon: 'radar',
  extensions: [
    definePage({
      path: '/tech-radar',
      title: text.title,
      icon: 'radar',
      group: 'tools',
      order: 50,
      config: radarPageConfig,
      element: <TechRadarPage />,
    }),
  ],
});
