import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { installationTexts as text } from './installationTexts';
import { SearchPage, searchPlugin } from './plugin';

/** The page, after the catalog. */
export const installation = defineInstallation({
  plugin: searchPlugin,
  translation: () => import('./translation').then(m => m.searchTranslationRef),
  title: text.title,
  description: text.subtitle,
  icon: 'search',
  extensions: [definePage({ path: '/search', title: text.title, icon: 'search', order: 30, element: <SearchPage /> })],
});
