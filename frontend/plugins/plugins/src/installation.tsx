import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { installationTexts as text } from './installationTexts';
import { PluginsPage, pluginsPlugin } from './plugin';

/** The page, among those for whoever runs the portal. */
export const installation = defineInstallation({
  plugin: pluginsPlugin,
  translation: () => import('./translation').then(m => m.pluginsTranslationRef),
  title: text.title,
  description: text.description,
  icon: 'plugin',
  extensions: [
    definePage({ path: '/plugins', title: text.title, icon: 'plugin', group: 'admin', order: 90, element: <PluginsPage /> }),
  ],
});
