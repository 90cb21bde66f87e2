import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { defineEntityCard, defineEntityContent } from '@callboard/plugin-catalog-react';
import { LIGHTHOUSE_ANNOTATION } from './lib/websites';
import { messages } from './messages';
import { EntityLastLighthouseAuditCard, EntityLighthouseContent, LighthousePage, lighthousePlugin } from './plugin';

const filter = `annotation:${LIGHTHOUSE_ANNOTATION}`;

/** The audits' pages, and a tab and a card for each entity that names its website. */
export const installation = defineInstallation({
  plugin: lighthousePlugin,
  title: messages.plugin,
  description: messages.description,
  icon: 'gauge',
  extensions: [
    definePage({ path: '/lighthouse', title: messages.plugin, icon: 'gauge', group: 'tools', order: 40, element: <LighthousePage /> }),
    defineEntityContent({ path: '/lighthouse', title: messages.tab, order: 400, filter, element: <EntityLighthouseContent /> }),
    defineEntityCard({ name: 'last-audit', type: 'info', order: 15, filter, element: <EntityLastLighthouseAuditCard /> }),
  ],
});
