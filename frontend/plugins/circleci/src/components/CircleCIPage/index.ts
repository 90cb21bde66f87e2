export { CircleCIPage } from './CircleCIPage';
