import { defineAppRootElement, defineInstallation, definePage } from '@callboard/core-plugin-api';
import { defineHomeCard } from '@callboard/plugin-home-react';
import { cardForms } from './lib/cardForms';
import { companyLogoSchema, listSchema, quickStartSchema, toolkitSchema, worldClocksSchema, type CompanyLogoConfig } from './lib/cardSchemas';
import {
  AnnouncementsCard,
  CompanyLogo,
  HomePage,
  homePlugin,
  OwnedCard,
  QuickStartCard,
  RecentlyVisitedCard,
  SearchBar,
  StarredCard,
  ToolkitCard,
  TopVisitedCard,
  VisitListener,
  WorldClocksCard,
} from './plugin';
import { homeTranslationRef } from './translation';
import { visitsConfig } from './visitsConfig';

const { messages } = homeTranslationRef;
const forms = cardForms(messages);
const listed = { config: listSchema, form: forms.list };

/** The page, its cards, and what notes visits. Configuration may order the cards, and make the page the first one. */
export const installation = defineInstallation({
  plugin: homePlugin,
  translation: homeTranslationRef,
  title: messages.title,
  description: messages.description,
  icon: 'home',
  config: visitsConfig,
  extensions: [
    definePage({ path: '/home', title: messages.title, icon: 'home', order: 25, element: <HomePage /> }),
    defineAppRootElement({ name: 'visits', element: <VisitListener /> }),
    defineHomeCard({
      name: 'company-logo',
      ...titled(messages.logo),
      order: 4,
      wide: true,
      config: companyLogoSchema,
      isOffered: config => (config as CompanyLogoConfig).image !== undefined,
      element: <CompanyLogo />,
    }),
    defineHomeCard({ name: 'search-bar', ...titled(messages.search), order: 5, wide: true, element: <SearchBar /> }),
    defineHomeCard({ name: 'owned', ...titled(messages.owned), order: 10, ...listed, element: <OwnedCard /> }),
    defineHomeCard({ name: 'starred', ...titled(messages.starred), order: 20, ...listed, element: <StarredCard /> }),
    defineHomeCard({ name: 'recently-visited', ...titled(messages.recent), order: 30, ...listed, element: <RecentlyVisitedCard /> }),
    defineHomeCard({ name: 'top-visited', ...titled(messages.top), order: 40, ...listed, element: <TopVisitedCard /> }),
    defineHomeCard({ name: 'announcements', ...titled(messages.announcements), order: 45, shown: false, ...listed, element: <AnnouncementsCard /> }),
    defineHomeCard({ name: 'toolkit', ...titled(messages.toolkit), order: 50, shown: false, config: toolkitSchema, form: forms.toolkit, element: <ToolkitCard /> }),
    defineHomeCard({ name: 'world-clocks', ...titled(messages.clocks), order: 60, shown: false, config: worldClocksSchema, form: forms.clocks, element: <WorldClocksCard /> }),
    defineHomeCard({ name: 'quick-start', ...titled(messages.quickStart), order: 70, shown: false, wide: true, config: quickStartSchema, element: <QuickStartCard /> }),
  ],
});

function titled({ title, description }: { title: string; description: string }) {
  return { title, description };
}
