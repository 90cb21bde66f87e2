import { useEffect, useState, type ReactNode } from 'react';
import { DataTable, type DataColumn, type DataSort } from '../data/DataTable';
import { PageTurner } from '../data/PageTurner';
import { SearchInput } from '../data/SearchInput';
import { ErrorPanel } from '../errors/ErrorPanel';
import { Select } from '../inputs/Select';
import { useFormats } from '../lib/useFormats';
import { useMessages } from '../translation';
import { columnId, filterRows, filterValues, sortRows, textOf, valueAt } from './rows';
import { TableActions } from './TableActions';
import type { TableAction, TableColumn, TableFilter, TableOptions, TableQuery, TableQueryResult, TableState } from './tableTypes';
import { useQueriedRows } from './useQueriedRows';
import styles from './table.module.css';

/** A table with search, filters, sorting and pages, with the properties that Backstage's has. */
export function Table<T extends object>(props: {
  columns: readonly TableColumn<T>[];
  /** The rows, or a function that gets a page of them. */
  data: readonly T[] | ((query: TableQuery) => Promise<TableQueryResult<T>>);
  title?: string;
  subtitle?: string;
  options?: TableOptions;
  filters?: readonly TableFilter[];
  initialState?: TableState;
  onStateChange?(state: TableState): void;
  isLoading?: boolean;
  emptyContent?: ReactNode;
  /** What can be done with the table, in its head; as a list also with its rows, each of which may have actions of its own. */
  actions?: ReactNode | readonly (TableAction<T> | ((row: T) => TableAction<T>))[];
  /** More of a row, shown below it when it is opened. */
  detailPanel?(args: { rowData: T }): ReactNode;
  /** What a row is known by; its `id`, or where it stands. */
  rowKey?(row: T): string;
}) {
  const text = useMessages().table;
  const formats = useFormats();
  const { columns, data, title, subtitle, options = {}, filters = [], initialState = {}, isLoading } = props;
  const { paging = true, search: canSearch = true, pageSize: firstSize = 20, pageSizeOptions } = options;
  const [state, setState] = useState(initialState);
  const [page, setPage] = useState(0);
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
  });

  const { onStateChange } = props;
  useEffect(() => onStateChange?.(state), [onStateChange, state]);

  const change = (next: Partial<TableState>) => {
    setState(before => ({ ...before, ...next }));
    setPage(0);
  };
  const matching = local && sortRows(filterRows(local, columns, filters, state), columns, sort, formats);
  const total = matching?.length ?? queried.total;
  const first = paging ? Math.min(page * pageSize, Math.max(0, total - 1)) : 0;
  const rows = matching ? (paging ? matching.slice(first, first + pageSize) : matching) : queried.rows;
  const listed = isActionList<T>(props.actions) ? props.actions : undefined;
  const ofRows = listed?.filter(action => typeof action === 'function' || !action.isFreeAction) ?? [];
  const free = listed?.filter(action => typeof action === 'object' && action.isFreeAction) as TableAction<readonly T[]>[] | undefined;
  const isPending = isLoading || (rows === undefined && !queried.error);

  return (
    <section className={styles.root} aria-label={title}>
      <div className={styles.head}>
        {title && (
          <div className={styles.titles}>
            <h2>{title}</h2>
            {subtitle && <p>{subtitle}</p>}
          </div>
        )}
        {filters.map(filter => (
          <Select
            key={filter.column}
            label={filter.column}
            multiple={filter.type === 'multiple-select'}
            placeholder={text.all}
            items={[
              ...(filter.type === 'select' ? [{ label: text.all, value: '' }] : []),
              ...filterValues(local ?? queried.rows ?? [], columns, filter, formats).map(value => ({ label: value, value })),
            ]}
            selected={state.filters?.[filter.column]}
            onChange={selected => change({ filters: { ...state.filters, [filter.column]: selected as string | string[] } })}
          />
        ))}
        {canSearch && (
          <SearchInput label={options.searchText ?? text.search} value={state.search ?? ''} onChange={search => change({ search })} />
        )}
        {free ? <TableActions<readonly T[]> actions={free} row={rows ?? []} /> : (props.actions as ReactNode)}
      </div>
      {queried.error && <ErrorPanel error={queried.error} onRetry={queried.retry} />}
      {!isPending && rows?.length === 0 ? (
        <div className={styles.empty}>{props.emptyContent ?? text.empty}</div>
      ) : (
        <DataTable<T>
          label={title ?? text.label}
          columns={withActions(visible.map((column, index) => dataColumn(column, index, options)), ofRows, text.actions, options)}
          rows={isPending ? undefined : rows}
          rowKey={row => keyOf(row, props.rowKey, rows)}
          stale={queried.isStale}
          sort={sort}
          onSort={next => {
            setSort(next);
            setPage(0);
          }}
          renderDetail={props.detailPanel && (row => props.detailPanel?.({ rowData: row }))}
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
              }}
            />
          )}
          <PageTurner
            position={text.range(first + 1, Math.min(first + pageSize, total), total)}
            onPrevious={page > 0 ? () => setPage(page - 1) : undefined}
            onNext={first + pageSize < total ? () => setPage(page + 1) : undefined}
          />
        </div>
      )}
    </section>
  );
}

function isActionList<T>(actions: unknown): actions is readonly (TableAction<T> | ((row: T) => TableAction<T>))[] {
  return Array.isArray(actions) && actions.every(one => typeof one === 'function' || (typeof one === 'object' && one !== null && 'onClick' in one));
}

/** The columns, with one more where something can be done with rows. */
function withActions<T>(
  columns: DataColumn<T>[],
  actions: readonly (TableAction<T> | ((row: T) => TableAction<T>))[],
  title: string,
  { actionsColumnIndex = -1 }: TableOptions,
): DataColumn<T>[] {
  if (actions.length === 0) {
    return columns;
  }
  const column: DataColumn<T> = {
    id: 'actions',
    title,
    width: `${actions.length * 36 + 24}px`,
    render: row => <TableActions<T> actions={actions.map(action => (typeof action === 'function' ? action(row) : action))} row={row} />,
  };
  const at = actionsColumnIndex < 0 ? columns.length : actionsColumnIndex;
  return [...columns.slice(0, at), column, ...columns.slice(at)];
}

function defaultSort<T>(columns: readonly TableColumn<T>[]): DataSort | undefined {
  const index = columns.findIndex(column => column.defaultSort);
  const column = columns[index];
  return column?.defaultSort && { column: columnId(column, index), order: column.defaultSort };
}

function keyOf<T extends object>(row: T, rowKey: ((row: T) => string) | undefined, rows: readonly T[] | undefined): string {
  const { id } = row as { id?: string | number };
  return rowKey?.(row) ?? (id !== undefined ? String(id) : String(rows?.indexOf(row)));
}

function dataColumn<T>(column: TableColumn<T>, index: number, { sorting = true }: TableOptions): DataColumn<T> {
  return {
    id: columnId(column, index),
    title: textOf(column.title),
    width: column.width,
    align: column.align === 'right' || column.type === 'numeric' ? 'right' : undefined,
    sortable: sorting && column.sorting !== false && (column.field !== undefined || column.customSort !== undefined),
    render: row => {
      const content = column.render?.(row, 'row') ?? textOf(valueAt(row, column.field));
      return column.highlight ? <strong>{content}</strong> : content;
    },
  };
}
