import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { defineEntityCard, defineEntityColumn, defineEntityContent } from '@callboard/plugin-catalog-react';
import { scoresText } from './lib/scores';
import { LIGHTHOUSE_ANNOTATION } from './lib/websites';
import { installationTexts as text } from './installationTexts';
import { EntityLastLighthouseAuditCard, EntityLighthouseContent, LighthousePage, lighthousePlugin } from './plugin';

const filter = `annotation:${LIGHTHOUSE_ANNOTATION}`;

/** The audits' pages; a tab and a card for each entity that names its website, and a column of tables. */
export const installation = defineInstallation({
  plugin: lighthousePlugin,
  translation: () => import('./translation').then(m => m.lighthouseTranslationRef),
  title: text.plugin,
  description: text.description,
  icon: 'gauge',
  extensions: [
    definePage({ path: '/lighthouse', title: text.plugin, icon: 'gauge', group: 'tools', order: 40, element: <LighthousePage /> }),
    defineEntityContent({ path: '/lighthouse', title: text.tab, order: 400, filter, element: <EntityLighthouseContent /> }),
    defineEntityCard({ name: 'last-audit', type: 'info', order: 15, filter, element: <EntityLastLighthouseAuditCard /> }),
    defineEntityColumn({
      title: text.column,
      width: '8.5%',
      kinds: ['component'],
      filter,
      fields: ['metadata.annotations'],
      values: () => import('./lib/latestScores').then(m => m.latestScores),
      cell: () => import('./components/entity/ScoresCell').then(m => m.ScoresCell),
      text: (_, value) => scoresText(value?.audit?.categories),
      shown: true,
    }),
  ],
});
