import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { techRadarTranslationRef } from './translation';
import { TechRadarPage, techRadarPlugin } from './plugin';
import { radarPageConfig } from './radarConfig';

/** The radar's page. */
export const installation = defineInstallation({
  plugin: techRadarPlugin,
  translation: techRadarTranslationRef,
  title: techRadarTranslationRef.messages.title,
  description: techRadarTranslationRef.messages.subtitle,
  icon: 'radar',
  extensions: [
    definePage({
      path: '/tech-radar',
      title: techRadarTranslationRef.messages.title,
      icon: 'radar',
      group: 'tools',
      order: 50,
      config: radarPageConfig,
      element: <TechRadarPage />,
    }),
  ],
});
