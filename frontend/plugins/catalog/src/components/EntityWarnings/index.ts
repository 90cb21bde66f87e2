export { EntityWarnings } from './EntityWarnings';
