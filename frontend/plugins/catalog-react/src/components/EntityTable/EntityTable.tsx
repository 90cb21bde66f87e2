import type { Entity } from '@callboard/catalog-model';
import { Card } from '@callboard/core-components';
import { useMemo, type ReactNode } from 'react';
import { useEntitiesByRefs } from '../../hooks/useEntitiesByRefs';
import { useMessages, type Messages } from '../../translation';
import styles from '../entities.module.css';
import { columnFactories, NAME_COLUMN_ID, type EntityTableColumn } from './columnFactories';
import { referencesOf, useEntityColumns, type EntityColumn } from './columns';
import { PlainEntityTable } from './PlainEntityTable';

const SKELETON_ROWS = 5;

export interface EntityTableProps {
  title: string;
  /** Undefined while they are on their way. */
  entities: readonly Entity[] | undefined;
  /** Beside the name, which comes first; those of the kind where there are none. */
  columns?: readonly EntityTableColumn[];
  /** Stands where there are no entities. */
  emptyContent?: ReactNode;
}

/** A card with a table of entities. */
function EntityTableRoot({ title, entities, columns, emptyContent }: EntityTableProps) {
  const messages = useMessages();
  const ofKinds = useEntityColumns();
  const kind = entities?.[0]?.kind;
  const shown = useMemo(
    () => columns?.filter(({ id }) => id !== NAME_COLUMN_ID).map(column => titled(column, messages.columns)) ?? ofKinds.usual(kind),
    [columns, ofKinds, kind, messages],
  );
  const references = useEntitiesByRefs(referencesOf(entities ?? []));
  return (
    <Card title={title} flush>
      {entities?.length === 0 ? (
        (emptyContent ?? <p className={styles.tableNote}>{messages.noEntities}</p>)
      ) : (
        <PlainEntityTable
          label={title}
          entities={entities}
          columns={shown}
          references={references}
          stale={false}
          skeletonRows={SKELETON_ROWS}
          inCard
        />
      )}
    </Card>
  );
}

function titled(column: EntityTableColumn, titles: Messages['columns']): EntityColumn {
  return 'title' in column ? column : { ...column, title: titles[column.id] };
}

/** A card with a table of entities. Its columns are made with `EntityTable.columns`. */
export const EntityTable = Object.assign(EntityTableRoot, {
  columns: columnFactories,
  systemEntityColumns: [columnFactories.createDomainColumn(), columnFactories.createOwnerColumn(), columnFactories.createMetadataDescriptionColumn()],
  componentEntityColumns: [
    columnFactories.createSystemColumn(),
    columnFactories.createOwnerColumn(),
    columnFactories.createSpecTypeColumn(),
    columnFactories.createSpecLifecycleColumn(),
    columnFactories.createMetadataDescriptionColumn(),
  ],
});
