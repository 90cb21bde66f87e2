import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { messages } from './messages';
import { TechRadarPage, techRadarPlugin } from './plugin';
import { radarPageConfig } from './radarConfig';

/** The radar's page. */
export const installation = defineInstallation({
  plugin: techRadarPlugin,
  title: messages.title,
  description: messages.subtitle,
  icon: 'radar',
  extensions: [
    definePage({
      path: '/tech-radar',
      title: messages.title,
      icon: 'radar',
      group: 'tools',
      order: 50,
      config: radarPageConfig,
      element: <TechRadarPage />,
    }),
  ],
});
