import { useEffect, useState, type CSSProperties, type ReactNode } from 'react';
import { DataTable, type DataColumn, type DataSort, type RowClick } from '../data/DataTable';
import { PageTurner } from '../data/PageTurner';
import { ErrorPanel } from '../errors/ErrorPanel';
import { Select } from '../inputs/Select';
import { useFormats } from '../lib/useFormats';
import { useMessages } from '../translation';
import { placeActions, type RowAction, type TableActionsProp } from './actions';
import { ColumnFilters } from './ColumnFilters';
import { activeFilters, columnId, defaultFilters, filterRows, sortRows, textOf, valueAt } from './rows';
import { TableActions } from './TableActions';
import { TableToolbar } from './TableToolbar';
import type { TableColumn, TableDetailPanel, TableFilter, TableOptions, TableQuery, TableQueryResult, TableState } from './tableTypes';
import { useQueriedRows } from './useQueriedRows';
import { useSelection } from './useSelection';
import styles from './table.module.css';

export interface TableProps<T extends object = object> {
  columns: readonly TableColumn<T>[];
  /** The rows, or a function that gets a page of them. */
  data: readonly T[] | ((query: TableQuery) => Promise<TableQueryResult<T>>);
  title?: ReactNode;
  subtitle?: string;
  options?: TableOptions<T>;
  filters?: readonly TableFilter[];
  initialState?: TableState;
  onStateChange?(state: TableState): void;
  isLoading?: boolean;
  emptyContent?: ReactNode;
  /** What can be done with the table, in its head; as a list also with its rows, each of which may have actions of its own. */
  actions?: TableActionsProp<T>;
  /** More of a row, shown below it when it is opened. */
  detailPanel?: ((args: { rowData: T }) => ReactNode) | readonly TableDetailPanel<T>[];
  /** What a click on a row does, or Enter. */
  onRowClick?: RowClick<T>;
  onSelectionChange?(selected: T[], row?: T): void;
  onSearchChange?(search: string): void;
  onPageChange?(page: number, pageSize: number): void;
  onRowsPerPageChange?(pageSize: number): void;
  style?: CSSProperties;
  /** Parts in place of the table's own are not taken: it has none of Backstage's to replace. */
  components?: Record<string, unknown>;
  /** Nor are icons and texts: they are the portal's. */
  icons?: Record<string, unknown>;
  localization?: Record<string, unknown>;
  /** What a row is known by; its `id`, or where it stands. */
  rowKey?(row: T): string;
}

/** A table with search, filters, sorting and pages, with the properties that Backstage's has. */
export function Table<T extends object = object>(props: TableProps<T>) {
  const text = useMessages().table;
  const formats = useFormats();
  const { columns, data, options = {}, filters = [], initialState = {}, isLoading, onStateChange } = props;
  const { paging = true, pageSize: firstSize = 20, pageSizeOptions, rowStyle } = options;
  const [state, setState] = useState<TableState>(() => ({ columnFilters: defaultFilters(columns), ...initialState }));
  const [page, setPage] = useState(options.initialPage ?? 0);
  const [pageSize, setPageSize] = useState(firstSize);
  const [sort, setSort] = useState(() => defaultSort(columns));
  const visible = columns.filter(({ hidden }) => !hidden);
  const local = typeof data === 'function' ? undefined : data;
  const queried = useQueriedRows(typeof data === 'function' ? data : undefined, {
    page,
    pageSize,
    search: state.search ?? '',
    orderBy: sort && { field: columns.find((column, index) => columnId(column, index) === sort.column)?.field ?? sort.column },
    orderDirection: sort?.order ?? '',
    filters: activeFilters(columns, state).map(({ field, value }) => ({ column: { field }, operator: '=', value })),
  });
  useEffect(() => onStateChange?.(state), [onStateChange, state]);

  const turnTo = (next: number) => {
    setPage(next);
    props.onPageChange?.(next, pageSize);
  };
  const change = (next: Partial<TableState>) => {
    setState(before => ({ ...before, ...next }));
    setPage(0);
    if (next.search !== undefined) {
      props.onSearchChange?.(next.search);
    }
  };
  const matching = local && sortRows(filterRows(local, columns, filters, state), columns, sort, formats);
  const total = matching?.length ?? queried.total;
  const first = paging ? Math.min(page * pageSize, Math.max(0, total - 1)) : 0;
  const rows = matching ? (paging ? matching.slice(first, first + pageSize) : matching) : queried.rows;
  const isPending = isLoading || (rows === undefined && !queried.error);

  const nameOf = (row: T) => textOf(valueAt(row, visible[0]?.field)) || keyOf(row, props.rowKey, rows);
  const selection = useSelection(matching ?? rows ?? [], nameOf, row => knownBy(row, props.rowKey) ?? row, props.onSelectionChange);
  const actions = placeActions(props.actions, options.selection ?? false);
  const inHead = actions ? (
    <>
      {selection.selected.length > 0 && <TableActions<readonly T[]> actions={actions.ofSelection} row={selection.selected} />}
      <TableActions<readonly T[]> actions={actions.free} row={rows ?? []} />
    </>
  ) : (
    (props.actions as ReactNode)
  );
  const shown = [
    ...(options.selection ? [selection.column] : []),
    ...withActions(visible.map((column, index) => dataColumn(column, index, options.sorting)), actions?.ofRows ?? [], text.actions, options.actionsColumnIndex),
  ];
  const label = typeof props.title === 'string' ? props.title : undefined;
  return (
    <section className={styles.root} aria-label={label} style={props.style}>
      {options.toolbar !== false && (
        <TableToolbar<T>
          title={options.showTitle === false ? undefined : props.title}
          subtitle={props.subtitle}
          columns={columns}
          filters={filters}
          rows={local ?? queried.rows ?? []}
          state={state}
          onChange={change}
          canSearch={options.search ?? true}
          searchText={options.searchText}
          actions={inHead}
        />
      )}
      {options.filtering && <ColumnFilters<T> columns={columns} state={state} onChange={change} />}
      {queried.error && <ErrorPanel error={queried.error} onRetry={queried.retry} />}
      {!isPending && rows?.length === 0 ? (
        <div className={styles.empty}>{props.emptyContent ?? text.empty}</div>
      ) : (
        <DataTable<T>
          label={label ?? text.label}
          columns={shown}
          rows={isPending ? undefined : rows}
          rowKey={row => keyOf(row, props.rowKey, rows)}
          stale={queried.isStale}
          sort={sort}
          onSort={next => {
            setSort(next);
            setPage(0);
          }}
          withoutHead={options.header === false}
          rowStyle={rowStyle && ((row, index) => (typeof rowStyle === 'function' ? rowStyle(row, index, 0) : rowStyle))}
          onRowClick={props.onRowClick}
          renderDetail={detailOf(props.detailPanel)}
        />
      )}
      {paging && total > Math.min(pageSize, ...(pageSizeOptions ?? [])) && (
        <div className={styles.foot}>
          {pageSizeOptions && (
            <Select
              native
              label={text.pageSize}
              items={[...new Set([firstSize, ...pageSizeOptions])].sort((a, b) => a - b).map(value => ({ label: String(value), value }))}
              selected={pageSize}
              onChange={value => {
                setPageSize(Number(value));
                setPage(0);
                props.onRowsPerPageChange?.(Number(value));
              }}
            />
          )}
          <PageTurner
            position={text.range(first + 1, Math.min(first + pageSize, total), total)}
            onPrevious={page > 0 ? () => turnTo(page - 1) : undefined}
            onNext={first + pageSize < total ? () => turnTo(page + 1) : undefined}
          />
        </div>
      )}
    </section>
  );
}

/** The columns, with one more where something can be done with rows: first at 0, last by itself. */
function withActions<T>(columns: DataColumn<T>[], actions: readonly RowAction<T>[], title: string, position = -1): DataColumn<T>[] {
  if (actions.length === 0) {
    return columns;
  }
  const column: DataColumn<T> = {
    id: 'actions',
    title,
    width: `${actions.length * 36 + 24}px`,
    render: row => <TableActions<T> actions={actions.map(action => (typeof action === 'function' ? action(row) : action))} row={row} />,
  };
  const at = position < 0 ? columns.length : position;
  return [...columns.slice(0, at), column, ...columns.slice(at)];
}

/** Of a list of details all are shown, one below the other. */
function detailOf<T extends object>(panel: TableProps<T>['detailPanel']): ((row: T) => ReactNode) | undefined {
  const panels = typeof panel === 'function' ? [{ render: panel }] : panel;
  return panels && (row => panels.map(({ render }, index) => <div key={index}>{render({ rowData: row })}</div>));
}

function defaultSort<T>(columns: readonly TableColumn<T>[]): DataSort | undefined {
  const index = columns.findIndex(column => column.defaultSort);
  const column = columns[index];
  return column?.defaultSort && { column: columnId(column, index), order: column.defaultSort };
}

function keyOf<T extends object>(row: T, rowKey: ((row: T) => string) | undefined, rows: readonly T[] | undefined): string {
  return knownBy(row, rowKey) ?? String(rows?.indexOf(row));
}

function knownBy<T extends object>(row: T, rowKey: ((row: T) => string) | undefined): string | undefined {
  const { id } = row as { id?: string | number };
  return rowKey?.(row) ?? (id === undefined ? undefined : String(id));
}

function dataColumn<T>(column: TableColumn<T>, index: number, sorting = true): DataColumn<T> {
  return {
    id: columnId(column, index),
    title: textOf(column.title),
    width: column.width,
    align: column.align === 'right' || column.type === 'numeric' ? 'right' : undefined,
    sortable: sorting && column.sorting !== false && (column.field !== undefined || column.customSort !== undefined),
    render: row => {
      const value = textOf(valueAt(row, column.field));
      const content = column.render?.(row, 'row') ?? column.lookup?.[value] ?? value;
      return column.highlight ? <strong>{content}</strong> : content;
    },
  };
}
