import type { ComponentType, MouseEvent, ReactNode } from 'react';

/** A column, with the properties that Backstage's tables have. */
export interface TableColumn<T = object> {
  id?: string;
  title?: ReactNode;
  /** A dotted path in the row. */
  field?: string;
  /** In the colour of text that matters most. */
  highlight?: boolean;
  width?: string;
  hidden?: boolean;
  align?: 'left' | 'right' | 'center';
  type?: 'string' | 'numeric' | 'date' | 'datetime' | 'boolean';
  render?(row: T, type: 'row'): ReactNode;
  customFilterAndSearch?(query: unknown, row: T, column: TableColumn<T>): boolean;
  customSort?(a: T, b: T, type: 'row'): number;
  sorting?: boolean;
  searchable?: boolean;
  defaultSort?: 'asc' | 'desc';
}

/** A choice of values of a column that filters the rows. */
export interface TableFilter {
  /** The title of the column. */
  column: string;
  type: 'select' | 'multiple-select';
}

/** What of a table may be kept, say in the address. */
export interface TableState {
  search?: string;
  /** Filters are always open. */
  filtersOpen?: boolean;
  filters?: Record<string, string | string[]>;
}

/** Something that can be done with a row, or where it is free with the table. */
export interface TableAction<T> {
  icon: ComponentType;
  tooltip?: string;
  isFreeAction?: boolean;
  disabled?: boolean;
  hidden?: boolean;
  onClick(event: MouseEvent<HTMLElement>, row: T): void;
}

export interface TableOptions {
  /** Where the column of what can be done with rows stands: first at 0, last by itself. */
  actionsColumnIndex?: number;
  paging?: boolean;
  pageSize?: number;
  pageSizeOptions?: number[];
  search?: boolean;
  sorting?: boolean;
  /** All tables are dense. */
  padding?: 'dense' | 'default';
  searchText?: string;
}

/** What a table asks for whose rows are elsewhere. */
export interface TableQuery {
  page: number;
  pageSize: number;
  search: string;
  orderBy?: { field: string };
  orderDirection: 'asc' | 'desc' | '';
}

/** A page of rows from elsewhere. */
export interface TableQueryResult<T> {
  data: T[];
  page: number;
  totalCount: number;
}
