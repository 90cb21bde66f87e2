import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { userSettingsTranslationRef } from './translation';
import { UserSettingsPage, userSettingsPlugin } from './plugin';

/** The page, in the menu of the person. */
export const installation = defineInstallation({
  plugin: userSettingsPlugin,
  translation: userSettingsTranslationRef,
  title: userSettingsTranslationRef.messages.title,
  description: userSettingsTranslationRef.messages.subtitle,
  icon: 'settings',
  extensions: [
    definePage({ path: '/settings', title: userSettingsTranslationRef.messages.title, icon: 'settings', group: 'user', element: <UserSettingsPage /> }),
  ],
});
