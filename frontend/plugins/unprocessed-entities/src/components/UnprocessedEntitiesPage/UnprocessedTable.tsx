import type { UnprocessedEntity, UnprocessedReason } from '@callboard/catalog-client';
import { Cut, DataTable, Time, type DataColumn } from '@callboard/core-components';
import { EntityChip, useEntitiesByRefs } from '@callboard/plugin-catalog-react';
import { causeOf } from '../../lib/cause';
import { useMessages, type Messages } from '../../translation';
import { Details } from './Details';
import { LocationLink } from './LocationLink';

/** What is unprocessed, each row with all that is known of it behind it. */
export function UnprocessedTable(props: { reason: UnprocessedReason; rows: readonly UnprocessedEntity[] | undefined; stale: boolean }) {
  const messages = useMessages();
  const text = messages.columns;
  const { reason, rows, stale } = props;
  const references = useEntitiesByRefs(rows?.map(row => row.entity_ref) ?? []);
  const columns: DataColumn<UnprocessedEntity>[] = [
    {
      id: 'entity',
      title: text.entity,
      width: '24%',
      render: ({ entity_ref: ref }) => (
        <EntityChip entityRef={ref} title={references.title(ref)} missing={references.isMissing(ref)} terse />
      ),
    },
    ...(reason === 'pending' ? [] : [whyColumn(text, messages)]),
    {
      id: 'location',
      title: text.location,
      width: reason === 'pending' ? undefined : '20%',
      render: ({ location_key: location }) => (
        <Cut title={location}>
          <LocationLink location={location} oneLine />
        </Cut>
      ),
    },
    { id: 'since', title: text.since, width: '124px', render: ({ since }) => <Time at={since ?? undefined} /> },
    {
      id: 'next',
      title: text.next,
      width: '112px',
      optional: true,
      render: ({ next_update_at: next }) => (next ? <Time at={next} /> : <span title={messages.onChangeText}>{messages.onChange}</span>),
    },
  ];
  return (
    <DataTable
      label={messages.reasons[reason]}
      columns={columns}
      rows={rows}
      // A conflict has the reference of what it conflicts with, and several may conflict with one.
      rowKey={row => `${row.entity_ref} ${row.location_key}`}
      stale={stale}
      renderDetail={row => <Details row={row} />}
    />
  );
}

const whyColumn = (text: Messages['columns'], messages: Messages): DataColumn<UnprocessedEntity> => ({
  id: 'why',
  title: text.why,
  render: ({ errors }) => (
    <Cut title={errors[0]?.message}>
      {errors[0] ? causeOf(errors[0].message) : messages.noErrors}
    </Cut>
  ),
});
