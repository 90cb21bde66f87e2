import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { defineEntityColumn, defineEntityContent } from '@callboard/plugin-catalog-react';
import { CIRCLECI_ANNOTATION } from './lib/projectSlug';
import { hasEndpoint } from './lib/proxyPath';
import { circleciTranslationRef } from './translation';
import { CircleCIPage, circleCIPlugin, EntityCircleCIContent } from './plugin';

const filter = `annotation:${CIRCLECI_ANNOTATION}`;

/** All components' builds; a tab for each component that names its project, and a column of tables. */
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
      filter,
      element: <EntityCircleCIContent />,
    }),
    defineEntityColumn({
      title: circleciTranslationRef.messages.column,
      width: '16%',
      kinds: ['component'],
      filter,
      fields: ['metadata.annotations'],
      values: () => import('./lib/latestBuilds').then(m => m.latestBuilds),
      cell: () => import('./components/BuildCell').then(m => m.BuildCell),
      text: (_, value) => value?.status ?? '',
      shown: hasEndpoint,
    }),
  ],
});
