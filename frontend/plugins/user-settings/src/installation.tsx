import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { installationTexts as text } from './installationTexts';
import { UserSettingsPage, userSettingsPlugin } from './plugin';

/** The page, in the menu of the person. */
export const installation = defineInstallation({
  plugin: userSettingsPlugin,
  translation: () => import('./translation').then(m => m.userSettingsTranslationRef),
  title: text.title,
  description: text.subtitle,
  icon: 'settings',
  extensions: [
    definePage({ path: '/settings', title: text.title, icon: 'settings', group: 'user', element: <UserSettingsPage /> }),
  ],
});
