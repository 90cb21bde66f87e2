import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { classes, Skeleton, useHotkey, useIsPhone } from '@callboard/core-components';
import { EntityRefLink, KindIcon, StarButton, useEntitiesByRefs } from '@callboard/plugin-catalog-react';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef } from 'react';
import type { CatalogState, SortOrder } from '../../lib/catalogState';
import { messages } from '../../messages';
import { columnsOf, nameColumn, referencesOf } from './columns';
import { EntityList } from './EntityList';
import styles from './entityTable.module.css';

/** From so many columns on, a narrow table leaves some out. */
const WIDE = 6;

/** The rows of a page; undefined while the first is on its way. */
export function EntityTable(props: {
  entities: Entity[] | undefined;
  stale: boolean;
  state: CatalogState;
  onSort(sort: SortOrder): void;
}) {
  const { entities, stale, state, onSort } = props;
  const root = useRef<HTMLDivElement>(null);
  const references = useEntitiesByRefs(referencesOf(entities ?? []));
  const phone = useIsPhone();
  const columns = columnsOf(state.kind);

  useHotkey(['j'], messages.index.keys.next, () => moveFocus(root.current, 1));
  useHotkey(['k'], messages.index.keys.previous, () => moveFocus(root.current, -1));

  return (
    <div ref={root} className={classes(styles.tableFrame, stale && styles.stale)} aria-busy={stale || !entities}>
      {phone ? (
        <EntityList entities={entities} references={references} />
      ) : (
        <table className={classes(styles.table, columns.length >= WIDE && styles.wide)}>
          <thead>
            <tr>
              {[nameColumn, ...columns].map(({ id, title, sortField }) => (
                <SortableHead key={id} id={id} title={title} sortField={sortField} sort={state.sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {entities?.map((entity, index) => (
              // An order by a field of several values repeats an entity.
              <tr key={`${stringifyEntityRef(entity)} ${index}`}>
                <td className={styles.name}>
                  <span className={styles.nameCell}>
                    <KindIcon kind={entity.kind} />
                    <EntityRefLink entityRef={entity} className={styles.rowLink} />
                    <StarButton entity={entity} />
                  </span>
                </td>
                {columns.map(({ id, render }) => (
                  <td key={id} className={styles[id]}>
                    {render(entity, references)}
                  </td>
                ))}
              </tr>
            )) ?? <SkeletonRows rows={state.pageSize} columns={[nameColumn, ...columns]} />}
          </tbody>
        </table>
      )}
    </div>
  );
}

function SortableHead(props: {
  id: string;
  title: string;
  sortField: string | undefined;
  sort: SortOrder;
  onSort(sort: SortOrder): void;
}) {
  const { id, title, sortField, sort, onSort } = props;
  if (!sortField) {
    return (
      <th scope="col" className={styles[id]}>
        {title}
      </th>
    );
  }
  const active = sort.field === sortField;
  const descending = active && sort.order === 'desc';
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <th scope="col" className={styles[id]} aria-sort={active ? (descending ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => onSort({ field: sortField, order: active && !descending ? 'desc' : 'asc' })}
      >
        {title}
        <Arrow size={12} aria-hidden className={classes(styles.arrow, active && styles.arrowActive)} />
      </button>
    </th>
  );
}

const WIDTHS = ['70%', '55%', '80%', '60%'];

function SkeletonRows({ rows, columns }: { rows: number; columns: readonly { id: string }[] }) {
  return Array.from({ length: rows }, (_, row) => (
    <tr key={row}>
      {columns.map(({ id }, index) => (
        <td key={id} className={styles[id]}>
          <Skeleton width={WIDTHS[(row + index) % WIDTHS.length]} />
        </td>
      ))}
    </tr>
  ));
}

/** Moves the focus among the rows' names; Enter then opens one, as it does any link. */
function moveFocus(root: HTMLElement | null, step: 1 | -1) {
  const links = [...(root?.querySelectorAll<HTMLElement>(`.${styles.rowLink}`) ?? [])];
  const current = links.indexOf(document.activeElement as HTMLElement);
  const next = current === -1 ? (step === 1 ? 0 : links.length - 1) : current + step;
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
}
