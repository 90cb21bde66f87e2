export { EntityIndex } from './components/EntityIndex';
export type { IndexStart } from './lib/indexState';
export { TEXT_FIELDS } from './lib/selection';
