export { DeleteEntityDialog } from './DeleteEntityDialog';
export { UnregisterDialog } from './UnregisterDialog';
