export { ColumnChooser } from './ColumnChooser';
