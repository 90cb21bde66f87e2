import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { DataTable, type DataColumn } from '@callboard/core-components';
import type { ReferencedEntities } from '../../hooks/useEntitiesByRefs';
import { EntityRefLink } from '../EntityRefLink';
import { KindIcon } from '../KindIcon';
import { StarButton } from '../StarButton';
import { useMessages } from '../../translation';
import type { EntityColumn } from './columns';
import styles from './EntityTable.module.css';

/** What entities are ordered by. */
export interface EntityOrder {
  field: string;
  order: 'asc' | 'desc';
}

/** Entities and what there is to know of each; undefined while the first are on their way. */
export function EntityTable(props: {
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
  const { label, entities, columns, references, stale, skeletonRows, sort, onSort, inCard } = props;
  const nameColumn = { id: 'name', title: useMessages().columns.name, sortField: 'metadata.name' };
  const all = [nameColumn, ...columns];
  const sorted = all.find(({ sortField }) => sortField !== undefined && sortField === sort?.field);
  return (
    <div className={styles.entities}>
      <DataTable<Entity>
        label={label}
        columns={[
          // All widths are shares, so that what a narrow table leaves out makes room for all others.
          { ...nameColumn, width: columns.length > 3 ? '22%' : '34%', sortable: true, render: entity => <Name entity={entity} /> },
          ...columns.map(
            ({ render, sortField, ...column }): DataColumn<Entity> => ({
              ...column,
              sortable: sortField !== undefined,
              render: entity => render(entity, references),
            }),
          ),
        ]}
        rows={entities}
        // An order by a field of several values repeats an entity.
        rowKey={(entity, index) => `${stringifyEntityRef(entity)} ${index}`}
        stale={stale}
        skeletonRows={skeletonRows}
        sort={sort && sorted && { column: sorted.id, order: sort.order }}
        onSort={
          onSort &&
          (({ column, order }) => {
            const field = all.find(({ id }) => id === column)?.sortField;
            return field && onSort({ field, order });
          })
        }
        flush={inCard}
        withKeys={!inCard}
      />
    </div>
  );
}

function Name({ entity }: { entity: Entity }) {
  return (
    <span className={styles.nameCell}>
      <KindIcon kind={entity.kind} />
      <EntityRefLink entityRef={entity} className={styles.name} />
      <StarButton entity={entity} />
    </span>
  );
}
