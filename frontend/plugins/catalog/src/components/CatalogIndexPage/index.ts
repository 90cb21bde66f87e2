export { CatalogIndexPage } from './CatalogIndexPage';
