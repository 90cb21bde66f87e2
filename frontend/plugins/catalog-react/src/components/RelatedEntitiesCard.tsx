import { relationInfo, relationTargets, stringifyEntityRef } from '@callboard/catalog-model';
import { Card, CodeBlock, ErrorPanel, PageTurner } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { catalogApiRef } from '../apis/catalogApi';
import { useEntitiesByRefs } from '../hooks/useEntitiesByRefs';
import { useMessages } from '../translation';
import { useEntity } from './EntityContext';
import { PlainEntityTable, fieldsOf, referencesOf, useEntityColumns } from './EntityTable';
import styles from './entities.module.css';

const PAGE = 10;

/** Says what belongs into a card that is empty. */
export interface RelatedEntitiesHint {
  text: string;
  /** As it is written in the file of what would be listed. */
  example: string;
}

/** The entities of a kind at the far ends of a relation, in pages. Where there are none it says what belongs there, or shows nothing. */
export function RelatedEntitiesCard(props: {
  title: string;
  /** The page's entity has this relation to them, such as `hasPart`. */
  relation: string;
  kind: string;
  /** The ids of the columns; those of the kind where there are none. */
  columns?: readonly string[];
  emptyHint?: RelatedEntitiesHint;
}) {
  const text = useMessages().related;
  const { title, relation, kind, columns: ids, emptyHint } = props;
  const { entity } = useEntity();
  const catalogApi = useApi(catalogApiRef);
  const tableColumns = useEntityColumns();
  const [offset, setOffset] = useState(0);
  const ref = stringifyEntityRef(entity);
  const related = relationTargets(entity, relation).filter(target => target.startsWith(`${kind}:`)).length;
  const named = ids?.join();
  // The same columns as long as they are named the same, so that the table does not begin anew.
  const columns = useMemo(
    () => (named === undefined ? tableColumns.usual(kind) : tableColumns.chosen(kind, named.split(','))),
    [tableColumns, kind, named],
  );
  const fields = fieldsOf(columns);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['catalog', 'related', ref, relation, kind, offset, fields],
    enabled: related > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      catalogApi.queryEntities(
        {
          filter: { kind, [`relations.${relationInfo(relation).inverse}`]: ref },
          offset,
          limit: PAGE,
          fields,
          orderFields: { field: 'metadata.name', order: 'asc' },
        },
        { signal },
      ),
  });
  const references = useEntitiesByRefs(referencesOf(data?.items ?? []));

  if (related === 0) {
    return (
      emptyHint && (
        <Card title={title}>
          <p className={styles.note}>{emptyHint.text}</p>
          <CodeBlock text={emptyHint.example} language="yaml" label={text.example} />
        </Card>
      )
    );
  }
  if (error && !data) {
    return (
      <Card title={title} count={related}>
        <ErrorPanel error={error} title={text.failed} onRetry={() => void refetch()} />
      </Card>
    );
  }
  const total = data?.totalItems ?? related;
  const hidden = related - total;
  return (
    <Card title={title} count={related} flush>
      {total > 0 && (
        <PlainEntityTable
          label={title}
          entities={data?.items}
          columns={columns}
          references={references}
          stale={isPlaceholderData}
          skeletonRows={Math.min(related, PAGE)}
          inCard
        />
      )}
      {hidden > 0 && <p className={styles.tableNote}>{text.hidden(hidden)}</p>}
      {total > PAGE && (
        <div className={styles.tableFoot}>
          <PageTurner
            position={text.range(offset + 1, Math.min(offset + PAGE, total), total)}
            onPrevious={offset > 0 ? () => setOffset(offset - PAGE) : undefined}
            onNext={offset + PAGE < total ? () => setOffset(offset + PAGE) : undefined}
          />
        </div>
      )}
    </Card>
  );
}
