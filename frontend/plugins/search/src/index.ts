/** The page that searches what the portal knows. */
export { installation } from './installation';
export { searchPlugin, SearchPage } from './plugin';
export { searchTranslationRef } from './translation';
