export { fieldsOf, referencesOf, useEntityColumns, type EntityColumn } from './columns';
export { EntityList } from './EntityList';
export { EntityTable, type EntityOrder } from './EntityTable';
