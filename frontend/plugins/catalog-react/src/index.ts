/** What plugins need to speak of catalog entities. */
export { CATALOG_FILTER_EXISTS, type CatalogApi } from '@callboard/catalog-client';
export { humanizeEntityRef } from '@callboard/catalog-model';
export { MissingAnnotationEmptyState } from '@callboard/core-components';
export * from './apis/catalogApi';
export * from './components/EntityContext';
export * from './components/EntityLayout';
export {
  EntityHeaderProvider,
  useEntityLayoutOptions,
  type EntityContextMenuItem,
  type EntityContextMenuOptions,
  type EntityLayoutOptions,
} from './components/EntityLayoutContext';
export * from './components/references/EntityDisplayName';
export * from './components/EntityInfoCard';
export * from './components/references/EntityPeekAheadPopover';
export * from './components/references/EntityRefLink';
export * from './components/references/EntityRefLinks';
export * from './components/EntitySwitch';
export * from './components/EntityTable';
export * from './components/KindIcon';
export * from './components/LifecycleTag';
export * from './components/RegisterButton';
export * from './components/RelatedEntitiesCard';
export { StarButton, StarButton as FavoriteEntity, type StarButtonProps as FavoriteEntityProps } from './components/StarButton';
export { EntitySource } from './dialogs/InspectDialog/EntitySource';
export * from './dialogs/InspectEntityDialog';
export * from './dialogs/UnregisterEntityDialog';
export * from './entityIndex';
export * from './entityList';
export type { EntityOrRef } from './entities/entityOrRef';
export * from './entities/entityQuery';
export * from './extensions';
export * from './hooks/useEntitiesByRefs';
export * from './hooks/useEntityOffers';
export * from './hooks/useEntityOwnership';
export * from './hooks/useEntityPermission';
export * from './hooks/useEntityPresentation';
export * from './hooks/useRecentEntities';
export * from './hooks/useRelatedEntities';
export * from './hooks/useStarredEntities';
export * from './entities/kinds';
export * from './predicates';
export * from './entities/presentation';
export * from './apis/presentationApi';
export * from './entities/relations';
export * from './routes';
export * from './apis/starredEntities';
export { catalogReactTranslationRef } from './translation';
