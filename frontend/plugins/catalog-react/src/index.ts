/** What plugins need to speak of catalog entities. */
export * from './apis';
export * from './components/EntityContext';
export * from './components/EntityLayout';
export * from './components/EntityRefLink';
export * from './components/EntitySwitch';
export * from './components/EntityTable';
export * from './components/KindIcon';
export * from './components/LifecycleTag';
export * from './components/RelatedEntitiesCard';
export * from './components/StarButton';
export * from './extensions';
export * from './hooks/useEntitiesByRefs';
export * from './hooks/useRecentEntities';
export * from './hooks/useStarredEntities';
export * from './kinds';
export * from './presentation';
export * from './routes';
export { catalogReactTranslationRef } from './translation';
