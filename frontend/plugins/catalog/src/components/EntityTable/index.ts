export { availableColumns, chosenColumns, columnsOf, referencesOf, type Column } from './columns';
export { EntityList } from './EntityList';
export { EntityTable } from './EntityTable';
