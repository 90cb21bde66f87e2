export { {{pascal}}Page } from './{{pascal}}Page';
