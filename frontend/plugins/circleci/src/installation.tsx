import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { defineEntityContent } from '@callboard/plugin-catalog-react';
import { CIRCLECI_ANNOTATION } from './lib/projectSlug';
import { circleciTranslationRef } from './translation';
import { CircleCIPage, circleCIPlugin, EntityCircleCIContent } from './plugin';

/** All components' builds, and a tab for each component that names its project. */
export const installation = defineInstallation({
  plugin: circleCIPlugin,
  translation: circleciTranslationRef,
  title: circleciTranslationRef.messages.plugin,
  description: circleciTranslationRef.messages.subtitle,
  icon: 'workflow',
  extensions: [
    definePage({ path: '/circleci', title: circleciTranslationRef.messages.plugin, icon: 'workflow', group: 'tools', order: 30, element: <CircleCIPage /> }),
    defineEntityContent({
      path: '/ci-cd',
      title: circleciTranslationRef.messages.tab,
      order: 300,
      filter: `annotation:${CIRCLECI_ANNOTATION}`,
      element: <EntityCircleCIContent />,
    }),
  ],
});
