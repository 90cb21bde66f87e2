export { EntityIndex } from './components/EntityIndex';
export { TEXT_FIELDS } from './lib/selection';
