import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { defineEntityCard, defineEntityColumn, defineEntityContent } from '@callboard/plugin-catalog-react';
import { CIRCLECI_ANNOTATION } from './lib/projectSlug';
import { hasEndpoint } from './lib/proxyPath';
import { installationTexts as text } from './installationTexts';
import { CircleCIPage, circleCIPlugin, EntityCircleCIContent, EntityLatestCircleCIBuildsCard } from './plugin';

const filter = `annotation:${CIRCLECI_ANNOTATION}`;

/** All components' builds; a tab and a card for each component that names its project, and a column of tables. */
export const installation = defineInstallation({
  plugin: circleCIPlugin,
  translation: () => import('./translation').then(m => m.circleciTranslationRef),
  title: text.plugin,
  description: text.subtitle,
  icon: 'workflow',
  extensions: [
    definePage({ path: '/circleci', title: text.plugin, icon: 'workflow', group: 'tools', order: 30, element: <CircleCIPage /> }),
    defineEntityContent({
      path: '/ci-cd',
      title: text.tab,
      order: 300,
      filter,
      element: <EntityCircleCIContent />,
    }),
    defineEntityCard({ name: 'latest-builds', type: 'info', order: 14, filter, element: <EntityLatestCircleCIBuildsCard /> }),
    defineEntityColumn({
      title: text.column,
      width: '9%',
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
