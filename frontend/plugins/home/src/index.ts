/** The page where a person goes on. */
export { installation } from './installation';
export { homePlugin, HomePage, OwnedCard, RecentlyVisitedCard, StarredCard, TopVisitedCard, VisitListener } from './plugin';
export { homeTranslationRef } from './translation';
