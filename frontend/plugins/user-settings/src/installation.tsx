import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { messages } from './messages';
import { UserSettingsPage, userSettingsPlugin } from './plugin';

/** The page, in the menu of the person. */
export const installation = defineInstallation({
  plugin: userSettingsPlugin,
  title: messages.title,
  description: messages.subtitle,
  icon: 'settings',
  extensions: [
    definePage({ path: '/settings', title: messages.title, icon: 'settings', group: 'user', element: <UserSettingsPage /> }),
  ],
});
