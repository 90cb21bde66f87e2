import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { pluginsTranslationRef } from './translation';
import { PluginsPage, pluginsPlugin } from './plugin';

/** The page, among those for whoever runs the portal. */
export const installation = defineInstallation({
  plugin: pluginsPlugin,
  translation: pluginsTranslationRef,
  title: pluginsTranslationRef.messages.title,
  description: pluginsTranslationRef.messages.description,
  icon: 'plugin',
  extensions: [
    definePage({ path: '/plugins', title: pluginsTranslationRef.messages.title, icon: 'plugin', group: 'admin', order: 90, element: <PluginsPage /> }),
  ],
});
