export { availableColumns, chosenColumns, columnsOf, referencesOf, TABLE_FIELDS, type EntityColumn } from './columns';
export { EntityList } from './EntityList';
export { EntityTable, type EntityOrder } from './EntityTable';
