/** A typed client of the catalog's REST API. Runs in browsers and in Node. */
export { CatalogClient } from './CatalogClient';
export { JsonRequester, type JsonRequestOptions } from './JsonRequester';
export { encodeFilter, filterToPredicate } from './filter';
export * from './types';
export type { Location } from '@callboard/catalog-model';
