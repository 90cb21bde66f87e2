export { columnFactories, type EntityTableColumn } from './columnFactories';
export { fieldsOf, referencesOf, useEntityColumns, type EntityColumn } from './columns';
export { EntityList } from './EntityList';
export { EntityTable, type EntityTableProps } from './EntityTable';
export { PlainEntityTable, type EntityOrder } from './PlainEntityTable';
