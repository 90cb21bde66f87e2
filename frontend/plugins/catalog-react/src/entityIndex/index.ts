export { EntityIndex } from './components/EntityIndex';
export { FacetOption } from './components/FacetOption';
export type { IndexStart } from './lib/indexState';
export { TEXT_FIELDS } from './lib/selection';
