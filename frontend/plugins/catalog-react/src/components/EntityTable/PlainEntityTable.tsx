import type { Entity } from '@callboard/catalog-model';
import { DataTable, type DataColumn } from '@callboard/core-components';
import { useMemo } from 'react';
import type { ReferencedEntities } from '../../hooks/useEntitiesByRefs';
import { useStarredEntities } from '../../hooks/useStarredEntities';
import { NoSourceOfValuesError } from '../../extensions';
import { EntityRefLink } from '../references/EntityRefLink';
import { KindIcon } from '../KindIcon';
import { StarToggle } from '../StarButton';
import { useMessages } from '../../translation';
import type { EntityColumn } from './columns';
import { useColumnValues } from './columnValues';
import styles from './EntityTable.module.css';

/** What entities are ordered by. */
export interface EntityOrder {
  field: string;
  order: 'asc' | 'desc';
}

/** In a card, which is narrower and shows fewer columns, they need more of its width to hold the same. */
const CARD_FACTOR = 1.7;

/** Beside more columns than this there is less room for what a narrow table leaves out. */
const ROOMY = 6;

/** The column that comes first in every table. */
const NAME = { id: 'name', sortField: 'metadata.name' };
/** The share of the name, beside many columns and beside few, and of a column that says nothing of its own. */
const NAME_SHARE = { many: 16.8, few: 28 };
const USUAL_SHARE = 10;

/** Entities and what there is to know of each, with everything that is asked for elsewhere; undefined while the first are on their way. */
export function PlainEntityTable(props: {
  label: string;
  entities: readonly Entity[] | undefined;
  /** Beside the name, which comes first. */
  columns: readonly EntityColumn[];
  references: ReferencedEntities;
  stale: boolean;
  skeletonRows: number;
  sort?: EntityOrder;
  onSort?(sort: EntityOrder): void;
  /** Inside of a card, one of several. */
  inCard?: boolean;
}) {
  const { label, entities, columns: wanted, references, stale, skeletonRows, sort, onSort, inCard } = props;
  const used = useUsedColumns(wanted, entities);
  const stars = useStarredEntities();
  const nameTitle = useMessages().columns.name;
  const values = useColumnValues(used, entities);
  const columns = useWithout(used, ({ id, isFor }) => isFor !== undefined && values[id]?.error instanceof NoSourceOfValuesError);
  const all = useMemo((): DataColumn<Entity>[] => {
    const shareOf = ({ width = `${USUAL_SHARE}%` }: Pick<EntityColumn, 'width'>) => (width.endsWith('%') ? Number.parseFloat(width) * (inCard ? CARD_FACTOR : 1) : 0);
    const nameShare = columns.length > 3 ? NAME_SHARE.many : NAME_SHARE.few;
    const total = columns.reduce((sum, column) => sum + shareOf(column), nameShare);
    // Together they are a whole, and what a narrow table leaves out makes room for all others.
    const widthOf = (share: number) => `${(100 * share) / total}%`;
    return [
      { id: NAME.id, title: nameTitle, width: widthOf(nameShare), sortable: true, render: entity => <Name entity={entity} stars={stars} /> },
      ...columns.map(
        ({ render, sortField, optional, ...column }): DataColumn<Entity> => ({
          ...column,
          optional: optionalBeside(columns.length, optional),
          width: shareOf(column) > 0 ? widthOf(shareOf(column)) : column.width,
          sortable: sortField !== undefined,
          render: entity => render(entity, references, values[column.id]),
        }),
      ),
    ];
  }, [columns, references, values, nameTitle, stars, inCard]);
  const sortable = [NAME, ...columns];
  const sorted = sortable.find(({ sortField }) => sortField !== undefined && sortField === sort?.field);
  return (
    <div className={styles.entities}>
      <DataTable<Entity>
        label={label}
        columns={all}
        rows={entities}
        // By place: the rows of another page are the same ones with other values, which is much less work than new ones.
        rowKey={(_, index) => String(index)}
        stale={stale}
        skeletonRows={skeletonRows}
        sort={sort && sorted && { column: sorted.id, order: sort.order }}
        onSort={
          onSort &&
          (({ column, order }) => {
            const field = sortable.find(({ id }) => id === column)?.sortField;
            return field && onSort({ field, order });
          })
        }
        flush={inCard}
        withKeys={!inCard}
      />
    </div>
  );
}

/** When a column is left out of a table of so many. */
function optionalBeside(count: number, optional: EntityColumn['optional']): DataColumn<Entity>['optional'] {
  if (optional === 'crowded') {
    return count > ROOMY;
  }
  return count > ROOMY && optional === true ? 'first' : optional;
}

/** The columns that have something to say of the rows. */
function useUsedColumns(columns: readonly EntityColumn[], entities: readonly Entity[] | undefined): readonly EntityColumn[] {
  return useWithout(columns, ({ isFor }) => isFor !== undefined && !entities?.some(isFor));
}

/** The columns without some of them; the same ones as long as the same ones are left. */
function useWithout(columns: readonly EntityColumn[], isLeftOut: (column: EntityColumn) => boolean): readonly EntityColumn[] {
  const named = columns.filter(isLeftOut).map(({ id }) => id).join();
  return useMemo(() => (named === '' ? columns : columns.filter(({ id }) => !named.split(',').includes(id))), [columns, named]);
}

function Name({ entity, stars }: { entity: Entity; stars: ReturnType<typeof useStarredEntities> }) {
  return (
    <span className={styles.nameCell}>
      <KindIcon kind={entity.kind} />
      <EntityRefLink entityRef={entity} className={styles.name} />
      <StarToggle entity={entity} stars={stars} />
    </span>
  );
}
