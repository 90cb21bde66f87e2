import { defineInstallation, definePage } from '@callboard/core-plugin-api';
import { messages } from './messages';
import { SearchPage, searchPlugin } from './plugin';

/** The page, after the catalog. */
export const installation = defineInstallation({
  plugin: searchPlugin,
  title: messages.title,
  description: messages.subtitle,
  icon: 'search',
  extensions: [definePage({ path: '/search', title: messages.title, icon: 'search', order: 30, element: <SearchPage /> })],
});
