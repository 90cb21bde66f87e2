/** The page of a person's own settings. */
export { installation } from './installation';
export { userSettingsPlugin, UserSettingsPage } from './plugin';
export { userSettingsTranslationRef } from './translation';
