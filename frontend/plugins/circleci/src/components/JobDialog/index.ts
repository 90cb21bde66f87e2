export { JobDialog } from './JobDialog';
