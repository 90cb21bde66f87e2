import { defineAppRootElement, defineInstallation, definePage } from '@callboard/core-plugin-api';
import { defineHomeCard } from '@callboard/plugin-home-react';
import { homeTranslationRef } from './translation';
import { HomePage, homePlugin, OwnedCard, RecentlyVisitedCard, StarredCard, TopVisitedCard, VisitListener } from './plugin';

/** The page, its cards, and what notes visits. Configuration may order the cards, and make the page the first one. */
export const installation = defineInstallation({
  plugin: homePlugin,
  translation: homeTranslationRef,
  title: homeTranslationRef.messages.title,
  description: homeTranslationRef.messages.description,
  icon: 'home',
  extensions: [
    definePage({ path: '/home', title: homeTranslationRef.messages.title, icon: 'home', order: 25, element: <HomePage /> }),
    defineAppRootElement({ name: 'visits', element: <VisitListener /> }),
    defineHomeCard({ name: 'owned', title: homeTranslationRef.messages.owned.title, order: 10, element: <OwnedCard /> }),
    defineHomeCard({ name: 'starred', title: homeTranslationRef.messages.starred.title, order: 20, element: <StarredCard /> }),
    defineHomeCard({ name: 'recently-visited', title: homeTranslationRef.messages.recent.title, order: 30, element: <RecentlyVisitedCard /> }),
    defineHomeCard({ name: 'top-visited', title: homeTranslationRef.messages.top.title, order: 40, element: <TopVisitedCard /> }),
  ],
});
