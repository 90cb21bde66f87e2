import { tryParse } from '@callboard/catalog-model';
import { CopyButton, Cut, DataTable, MetadataList, StatusAborted, StatusError, StatusOK, StatusWarning, Time, useFormats, type DataColumn } from '@callboard/core-components';
import { EntityChip, useEntitiesByRefs } from '@callboard/plugin-catalog-react';
import type { AuditEvent } from '../../api/types';
import type { AuditState } from '../../lib/auditState';
import { useMessages } from '../../translation';
import styles from './AuditTable.module.css';

const MARKS = { succeeded: StatusOK, failed: StatusError, refused: StatusWarning, unknown: StatusAborted };

/** Changes, the newest first, each with all that is recorded of it behind it. */
export function AuditTable(props: {
  events: readonly AuditEvent[] | undefined;
  stale: boolean;
  /** Shows only what is like one of them. */
  onNarrow(changed: Partial<AuditState>): void;
}) {
  const text = useMessages().audit;
  const { events, stale, onNarrow } = props;
  const people = [...new Set((events ?? []).map(({ actor }) => actor).filter(actor => tryParse(actor)?.kind === 'user'))];
  const references = useEntitiesByRefs(people);
  const columns: DataColumn<AuditEvent>[] = [
    { id: 'at', title: text.columns.at, width: '120px', render: ({ at }) => <Time at={at} /> },
    {
      id: 'actor',
      title: text.columns.actor,
      width: '20%',
      render: ({ actor }) =>
        people.includes(actor) ? (
          <EntityChip entityRef={actor} title={references.title(actor)} missing={references.isMissing(actor)} terse />
        ) : (
          <span title={actor}>{actor}</span>
        ),
    },
    {
      id: 'action',
      title: text.columns.action,
      width: '24%',
      render: ({ action }) => (
        <button type="button" className={styles.narrow} title={text.onlyAction(action)} onClick={() => onNarrow({ action })}>
          {action}
        </button>
      ),
    },
    {
      id: 'resource',
      title: text.columns.resource,
      optional: true,
      render: ({ resource, path }) => (
        <Cut title={resource ?? path}>
          {resource ?? path}
        </Cut>
      ),
    },
    { id: 'outcome', title: text.columns.outcome, width: '120px', render: event => <Outcome event={event} /> },
  ];
  return (
    <DataTable
      label={text.list}
      columns={columns}
      rows={events}
      rowKey={({ id }) => id}
      stale={stale}
      renderDetail={event => <Detail event={event} onNarrow={onNarrow} />}
    />
  );
}

function Outcome({ event: { outcome, status } }: { event: AuditEvent }) {
  const text = useMessages().audit;
  const Mark = MARKS[outcome];
  return (
    <Mark>
      <span title={outcome === 'unknown' ? text.unknownText : String(status)}>{text.outcomes[outcome]}</span>
    </Mark>
  );
}

function Detail({ event, onNarrow }: { event: AuditEvent; onNarrow(changed: Partial<AuditState>): void }) {
  const text = useMessages().audit;
  const formats = useFormats();
  const { at, actor, requestId, method, path, status, resource, address, userAgent } = event;
  return (
    <MetadataList
      items={[
        { label: text.detail.at, value: formats.exact(new Date(at)) },
        {
          label: text.columns.actor,
          value: (
            <button type="button" className={styles.narrow} title={text.onlyActor(actor)} onClick={() => onNarrow({ actor })}>
              {actor}
            </button>
          ),
        },
        {
          label: text.detail.request,
          value: (
            <code>
              {method} {path}
            </code>
          ),
        },
        { label: text.detail.status, value: status },
        { label: text.columns.resource, value: resource },
        {
          label: text.detail.id,
          value: (
            <>
              <code>{requestId}</code> <CopyButton text={requestId} />
            </>
          ),
        },
        { label: text.detail.address, value: address },
        { label: text.detail.agent, value: userAgent },
      ]}
    />
  );
}
