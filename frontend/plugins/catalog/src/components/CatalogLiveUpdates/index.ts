export { CatalogLiveUpdates } from './CatalogLiveUpdates';
