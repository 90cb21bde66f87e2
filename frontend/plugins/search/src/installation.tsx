import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { searchTranslationRef } from './translation';
import { SearchPage, searchPlugin } from './plugin';

/** The page, after the catalog. */
export const installation = defineInstallation({
  plugin: searchPlugin,
  translation: searchTranslationRef,
  title: searchTranslationRef.messages.title,
  description: searchTranslationRef.messages.subtitle,
  icon: 'search',
  extensions: [definePage({ path: '/search', title: searchTranslationRef.messages.title, icon: 'search', order: 30, element: <SearchPage /> })],
});
