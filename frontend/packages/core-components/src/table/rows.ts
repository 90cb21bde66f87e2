import type { DataSort } from '../data/DataTable';
import type { Formats } from '../lib/formats';
import type { TableColumn, TableFilter, TableState } from './tableTypes';

/** The key of a column. */
export function columnId<T>(column: TableColumn<T>, index: number): string {
  return column.id ?? column.field ?? String(index);
}

/** The columns with filters, and where they stand. */
export function filterableColumns<T>(columns: readonly TableColumn<T>[]): (readonly [TableColumn<T>, number])[] {
  return columns
    .map((column, index) => [column, index] as const)
    .filter(([column]) => !column.hidden && column.filtering !== false && (column.field !== undefined || column.customFilterAndSearch));
}

/** What the filters of columns have in them before anybody writes there. */
export function defaultFilters<T>(columns: readonly TableColumn<T>[]): TableState['columnFilters'] {
  return Object.fromEntries(columns.flatMap((column, index) => (column.defaultFilter ? [[columnId(column, index), column.defaultFilter]] : [])));
}

/** What the filters of columns have in them, of those that have something. */
export function activeFilters<T>(
  columns: readonly TableColumn<T>[],
  { columnFilters = {} }: TableState,
): { column: TableColumn<T>; field: string; value: string }[] {
  return columns.flatMap((column, index) => {
    const id = columnId(column, index);
    const value = columnFilters[id]?.trim();
    return value ? [{ column, field: column.field ?? id, value }] : [];
  });
}

/** The value of a row at a dotted path. */
export function valueAt(row: unknown, path: string | undefined): unknown {
  return path?.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined | null)?.[key], row);
}

/** The rows that search and filters let through. */
export function filterRows<T>(
  rows: readonly T[],
  columns: readonly TableColumn<T>[],
  filters: readonly TableFilter[],
  state: TableState,
): T[] {
  const { search = '', filters: chosen = {} } = state;
  const query = search.trim().toLowerCase();
  const ofColumns = activeFilters(columns, state);
  return rows.filter(
    row =>
      (query === '' || columns.some(column => column.searchable !== false && matchesSearch(row, column, query))) &&
      filters.every(filter => matchesFilter(row, columns, filter, chosen[filter.column])) &&
      ofColumns.every(({ column, value }) => matchesOwnFilter(row, column, value)),
  );
}

function matchesSearch<T>(row: T, column: TableColumn<T>, query: string): boolean {
  return column.customFilterAndSearch?.(query, row, column) ?? textOf(valueAt(row, column.field)).toLowerCase().includes(query);
}

/** A value that has a name, or is a number, is the whole one. */
function matchesOwnFilter<T>(row: T, column: TableColumn<T>, filter: string): boolean {
  const value = textOf(valueAt(row, column.field));
  const isWhole = column.lookup !== undefined || column.type === 'numeric';
  return column.customFilterAndSearch?.(filter, row, column) ?? (isWhole ? value === filter : value.toLowerCase().includes(filter.toLowerCase()));
}

function matchesFilter<T>(
  row: T,
  columns: readonly TableColumn<T>[],
  filter: TableFilter,
  chosen: string | string[] | undefined,
): boolean {
  const wanted = [chosen ?? []].flat().filter(Boolean);
  const column = columns.find(({ title }) => title === filter.column);
  return wanted.length === 0 || !column || valuesOf(row, column).some(value => wanted.includes(value));
}

/** The values that a filter may choose among. */
export function filterValues<T>(rows: readonly T[], columns: readonly TableColumn<T>[], filter: TableFilter, { compare }: Formats): string[] {
  const column = columns.find(({ title }) => title === filter.column);
  return column ? [...new Set(rows.flatMap(row => valuesOf(row, column)))].sort(compare) : [];
}

function valuesOf<T>(row: T, column: TableColumn<T>): string[] {
  return [valueAt(row, column.field)].flat().map(textOf).filter(Boolean);
}

/** The rows in the order of a column. */
export function sortRows<T>(rows: readonly T[], columns: readonly TableColumn<T>[], sort: DataSort | undefined, formats: Formats): T[] {
  const column = columns.find((one, index) => columnId(one, index) === sort?.column);
  if (!sort || !column) {
    return [...rows];
  }
  const compare =
    column.customSort ?? ((a: T, b: T) => compareValues(valueAt(a, column.field), valueAt(b, column.field), formats));
  const direction = sort.order === 'desc' ? -1 : 1;
  return [...rows].sort((a, b) => direction * compare(a, b, 'row'));
}

function compareValues(a: unknown, b: unknown, { compare }: Formats): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compare(textOf(a), textOf(b));
}

/** A value as text. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(textOf).join(', ');
  }
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}
