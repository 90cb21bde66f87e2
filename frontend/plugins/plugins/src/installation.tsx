import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { messages } from './messages';
import { PluginsPage, pluginsPlugin } from './plugin';

/** The page, among those for whoever runs the portal. */
export const installation = defineInstallation({
  plugin: pluginsPlugin,
  title: messages.title,
  description: messages.description,
  icon: 'plugin',
  extensions: [
    definePage({ path: '/plugins', title: messages.title, icon: 'plugin', group: 'admin', order: 90, element: <PluginsPage /> }),
  ],
});
