export { InspectDialog } from './InspectDialog';
