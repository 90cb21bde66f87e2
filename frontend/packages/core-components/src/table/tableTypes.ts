import type { ComponentType, CSSProperties, MouseEvent, ReactNode } from 'react';

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
  /** False: has no filter of its own, in a table whose columns have. */
  filtering?: boolean;
  /** What its filter has in it at first. */
  defaultFilter?: string;
  filterPlaceholder?: string;
  /** The names of its values, which are shown for them and which its filter offers. */
  lookup?: Readonly<Record<string, string>>;
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
  /** By the `id` of a column, or its `field`, or where it stands. */
  columnFilters?: Record<string, string>;
}

/** Something that can be done with a row, or where it is free with the table. */
export interface TableAction<T> {
  /** A component, or a function that makes the icon. */
  icon: ComponentType | (() => ReactNode);
  tooltip?: string;
  isFreeAction?: boolean;
  disabled?: boolean;
  hidden?: boolean;
  /** `auto` is with the rows, or of a table with a selection above them for what is selected, as `toolbarOnSelect`. */
  position?: 'auto' | 'toolbar' | 'toolbarOnSelect' | 'row';
  onClick(event: MouseEvent<HTMLElement>, row: T): void;
}

/** More of a row, as the entry of a list. */
export interface TableDetailPanel<T> {
  tooltip?: string;
  render(args: { rowData: T }): ReactNode;
}

/** What a table may be told. The portal's tables have one density, and show by themselves that they are loading. */
export interface TableOptions<T = object> {
  /** Where the column of what can be done with rows stands: first at 0, last by itself. */
  actionsColumnIndex?: number;
  paging?: boolean;
  pageSize?: number;
  pageSizeOptions?: number[];
  search?: boolean;
  sorting?: boolean;
  /** Whether each column has a filter. */
  filtering?: boolean;
  searchText?: string;
  /** Whether rows can be chosen; `onSelectionChange` is told of it. */
  selection?: boolean;
  /** Whether there is a head with the title, the search and actions. */
  toolbar?: boolean;
  /** Whether columns have their titles. */
  header?: boolean;
  showTitle?: boolean;
  /** Which page is shown first; 0 is the first. */
  initialPage?: number;
  rowStyle?: CSSProperties | ((row: T, index: number, level: number) => CSSProperties);
  /** Without effect here, as are those below. */
  padding?: 'dense' | 'default';
  loadingType?: 'overlay' | 'linear';
  emptyRowsWhenPaging?: boolean;
  showEmptyDataSourceMessage?: boolean;
  draggable?: boolean;
  thirdSortClick?: boolean;
  headerStyle?: CSSProperties;
  tableLayout?: 'auto' | 'fixed';
}

/** What a table asks for whose rows are elsewhere. */
export interface TableQuery {
  page: number;
  pageSize: number;
  /** How many rows there are by the last answer. */
  totalCount: number;
  search: string;
  orderBy?: { field: string };
  orderDirection: 'asc' | 'desc' | '';
  /** What the columns' filters have in them. */
  filters: { column: { field: string }; operator: '='; value: string }[];
}

/** A page of rows from elsewhere. */
export interface TableQueryResult<T> {
  data: T[];
  page: number;
  totalCount: number;
}
