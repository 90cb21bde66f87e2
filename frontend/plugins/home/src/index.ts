/** The page where a person goes on. */
export { installation } from './installation';
export {
  CompanyLogo,
  homePlugin,
  HomePage,
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
export { homeTranslationRef } from './translation';
