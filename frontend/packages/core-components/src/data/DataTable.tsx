import IconButton from '@mui/material/IconButton';
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useCallback, useDeferredValue, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { Skeleton } from '../components/Progress';
import { VisuallyHidden } from '../components/Tag';
import { classes } from '../lib/classes';
import { useHotkey } from '../lib/hotkeys';
import { moveFocus } from '../lib/moveFocus';
import { useLasting } from '../hooks/useLasting';
import { useMessages } from '../translation';
import styles from './data.module.css';

/** A column of a table whose rows are `T`. */
export interface DataColumn<T> {
  id: string;
  title: string;
  render(row: T): ReactNode;
  /** Stands in the head, in place of the title. */
  head?: ReactNode;
  /** A CSS width; columns without share what is left. */
  width?: string;
  align?: 'right';
  /** What a narrow table leaves out, what before that, and what only where it is narrower still. */
  optional?: boolean | 'first' | 'last';
  /** Makes the column sortable by `onSort`. */
  sortable?: boolean;
}

/** By which column rows are ordered. */
export interface DataSort {
  column: string;
  order: 'asc' | 'desc';
}

/** What a click on a row does, or Enter. `toggleDetail` opens what is below it, and closes that. */
export type RowClick<T> = (event: MouseEvent | KeyboardEvent, row: T, toggleDetail: () => void) => void;

/** A table that has been out of date for so long says so by its look. Dimming it for less would flicker, and delay its rows. */
const DIM_AFTER_MS = 200;
/** No row is lower. */
const LEAST_ROW_PIXELS = 32;

/**
 * Rows and columns in the portal's density. `rows` is undefined while the first are on their way. On a phone each row becomes
 * a block of its own. j and k move among the rows' first links.
 */
export function DataTable<T>(props: {
  label: string;
  columns: readonly DataColumn<T>[];
  rows: readonly T[] | undefined;
  /** What a row is known by. `index` tells apart rows that may be there twice. */
  rowKey(row: T, index: number): string;
  /** True while the rows are of an earlier question. */
  stale?: boolean;
  /** Rows of skeleton to show while loading. */
  skeletonRows?: number;
  sort?: DataSort;
  onSort?(sort: DataSort): void;
  /** Without a border of its own, inside of a card. */
  flush?: boolean;
  /** Keeps columns however narrow it gets, for tables of few short values. */
  fixed?: boolean;
  /** More of a row, shown below it when it is opened. */
  renderDetail?(row: T): ReactNode;
  /** What a click beside the links and buttons of a row does. */
  onRowClick?: RowClick<T> | undefined;
  rowStyle?(row: T, index: number): CSSProperties | undefined;
  /** Without a row of titles. */
  withoutHead?: boolean;
  /** False for one of several tables of a page, which j and k would not know apart. */
  withKeys?: boolean;
}) {
  const messages = useMessages();
  const { label, columns, rows, rowKey, stale = false, skeletonRows = 8, sort, onSort, flush, fixed, renderDetail, onRowClick, rowStyle, withKeys = true } = props;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (key: string) =>
      setOpened(before => (before.has(key) ? new Set([...before].filter(other => other !== key)) : new Set([...before, key]))),
    [],
  );
  const isDim = useLasting(stale, DIM_AFTER_MS);
  const shown = useVisibleFirst(rows, columns);
  const root = useRef<HTMLDivElement>(null);
  useHotkey(withKeys ? ['j'] : [], withKeys ? messages.table.next : '', () => moveFocus(root.current, 'tbody tr', 1));
  useHotkey(withKeys ? ['k'] : [], withKeys ? messages.table.previous : '', () => moveFocus(root.current, 'tbody tr', -1));
  return (
    <div
      ref={root}
      className={classes(styles.frame, flush && styles.flush, fixed ? styles.fixed : styles.collapsing, isDim && styles.stale)}
      aria-busy={stale || !rows}
    >
      <table className={styles.table} aria-label={label}>
        <thead hidden={props.withoutHead}>
          <tr>
            {renderDetail && (
              <th scope="col" className={styles.toggle}>
                <VisuallyHidden>{messages.details}</VisuallyHidden>
              </th>
            )}
            {columns.map(column => (
              <Head key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown
            ? shown.map(({ row, columns: columnsOfRow }, index) => {
                const key = rowKey(row, index);
                return (
                  <TableRow
                    key={key}
                    id={key}
                    row={row}
                    columns={columnsOfRow}
                    opened={opened.has(key)}
                    onToggle={toggle}
                    renderDetail={renderDetail}
                    onRowClick={onRowClick}
                    style={rowStyle?.(row, index)}
                  />
                );
              })
            : Array.from({ length: skeletonRows }, (_, row) => (
                <tr key={row}>
                  {columns.map((column, index) => (
                    <td key={column.id} className={cellClass(column)}>
                      <Skeleton width={WIDTHS[(row + index) % WIDTHS.length]} />
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  );
}

interface ShownRow<T> {
  row: T;
  columns: readonly DataColumn<T>[];
}

/**
 * What stands in the rows. Those that a window has no room for change right after those that it has: the rows in view are
 * there twice as soon, and nobody sees the others.
 */
function useVisibleFirst<T>(rows: readonly T[] | undefined, columns: readonly DataColumn<T>[]): readonly ShownRow<T>[] | undefined {
  const now = useMemo(() => rows?.map((row): ShownRow<T> => ({ row, columns })), [rows, columns]);
  const before = useDeferredValue(now);
  if (!now || !before || now === before) {
    return now;
  }
  const visible = Math.ceil(window.innerHeight / LEAST_ROW_PIXELS);
  return now.map((row, index) => (index < visible ? row : (before[index] ?? row)));
}

interface TableRowProps<T> {
  id: string;
  row: T;
  columns: readonly DataColumn<T>[];
  opened: boolean;
  onToggle(id: string): void;
  renderDetail: ((row: T) => ReactNode) | undefined;
  onRowClick: RowClick<T> | undefined;
  style: CSSProperties | undefined;
}

/** A row is drawn anew only when it is another one, or has other columns: there are many, and what surrounds them changes often. */
const TableRow = memo(function TableRow<T>({ id, row, columns, opened, onToggle, renderDetail, onRowClick, style }: TableRowProps<T>) {
  const messages = useMessages();
  const click = onRowClick && ((event: MouseEvent | KeyboardEvent) => onRowClick(event, row, () => onToggle(id)));
  return (
    <>
      <tr style={style} {...(click && clickable(click))}>
        {renderDetail && (
          <td className={styles.toggle}>
            <IconButton aria-label={messages.table.expand} aria-expanded={opened} onClick={() => onToggle(id)}>
              {opened ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
            </IconButton>
          </td>
        )}
        {columns.map(column => (
          <td key={column.id} className={cellClass(column)} data-label={column.title}>
            {column.render(row)}
          </td>
        ))}
      </tr>
      {renderDetail && opened && (
        <tr className={styles.detail}>
          <td colSpan={columns.length + 1}>{renderDetail(row)}</td>
        </tr>
      )}
    </>
  );
}) as <T>(props: TableRowProps<T>) => ReactNode;

/** What does something of its own when it is clicked. */
const CONTROLS = 'a, button, input, label, select, textarea, summary, [role="button"]';

/** Attributes of a row that may be clicked, or chosen by Enter. Its links and buttons do what they do alone, and so do menus that it opens. */
function clickable(click: (event: MouseEvent | KeyboardEvent) => void) {
  return {
    tabIndex: 0,
    className: styles.clickable,
    onClick: (event: MouseEvent) => {
      const target = event.target as Element;
      if (event.currentTarget.contains(target) && !target.closest(CONTROLS)) {
        click(event);
      }
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' && event.target === event.currentTarget) {
        click(event);
      }
    },
  };
}

const WIDTHS = ['70%', '55%', '80%', '60%'];

function cellClass<T>({ align, optional }: DataColumn<T>): string {
  return classes(
    align === 'right' && styles.right,
    optional && (optional === 'last' ? styles.optionalLast : styles.optional),
    optional === 'first' && styles.optionalFirst,
  );
}

function Head<T>(props: { column: DataColumn<T>; sort: DataSort | undefined; onSort: ((sort: DataSort) => void) | undefined }) {
  const { column, sort, onSort } = props;
  const active = sort?.column === column.id;
  const descending = active && sort.order === 'desc';
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      style={column.width ? { width: column.width } : undefined}
      className={cellClass(column)}
      aria-sort={active ? (descending ? 'descending' : 'ascending') : undefined}
    >
      {column.head ?? (column.sortable && onSort ? (
        <button
          type="button"
          className={styles.sort}
          onClick={() => onSort({ column: column.id, order: active && !descending ? 'desc' : 'asc' })}
        >
          {column.title}
          <Arrow size={12} aria-hidden className={classes(styles.arrow, active && styles.arrowActive)} />
        </button>
      ) : (
        column.title
      ))}
    </th>
  );
}
