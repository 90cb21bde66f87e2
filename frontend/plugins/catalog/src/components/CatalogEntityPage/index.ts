export { CatalogEntityPage } from './CatalogEntityPage';
