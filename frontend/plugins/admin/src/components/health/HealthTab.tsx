import { Card, DataTable, EmptyState, LoadingBlock, StatusError, StatusOK, StatusWarning, Time, type Formats, useFormats, type DataColumn } from '@callboard/core-components';
import { ServerOff } from 'lucide-react';
import type { Replica, Unit } from '../../api/types';
import { useUnits } from '../../hooks/useAdmin';
import { useMessages, type Messages } from '../../translation';
import parts from '../parts/parts.module.css';
import { Unavailable } from '../parts/Unavailable';
import styles from './HealthTab.module.css';

const MARKS = { ok: StatusOK, degraded: StatusWarning, ejected: StatusWarning, down: StatusError };

/** How every unit and every one of its replicas is. */
export function HealthTab() {
  const text = useMessages().health;
  const { data: units, error, refetch } = useUnits();
  if (error) {
    return <Unavailable error={error} title={text.failed} denied={text.denied} missing={text.missing} onRetry={() => void refetch()} />;
  }
  if (!units) {
    return <LoadingBlock height={240} />;
  }
  if (units.length === 0) {
    return <EmptyState icon={ServerOff} title={text.noUnits} description={text.noUnitsText} />;
  }
  const ill = units.filter(({ status }) => status !== 'ok').length;
  const Mark = ill === 0 ? StatusOK : StatusWarning;
  return (
    <div className={parts.stack}>
      <p className={styles.summary} role="status">
        <Mark>{ill === 0 ? text.allWell : text.someIll(ill, units.length)}</Mark>
      </p>
      {units.map(unit => (
        <UnitCard key={unit.name} unit={unit} />
      ))}
    </div>
  );
}

function UnitCard({ unit: { name, status, replicas } }: { unit: Unit }) {
  const text = useMessages().health;
  const formats = useFormats();
  const Mark = MARKS[status];
  return (
    <Card
      title={name}
      flush
      actions={
        <span className={styles.state}>
          <span className={parts.muted}>{text.replicas(replicas.length)}</span>
          <Mark>{text.units[status]}</Mark>
        </span>
      }
    >
      {replicas.length === 0 ? (
        <EmptyState icon={ServerOff} title={text.noReplicas} />
      ) : (
        <DataTable
          flush
          label={text.replicasOf(name)}
          columns={replicas.some(({ detail }) => detail) ? [...columns(text, formats), detailColumn(text)] : columns(text, formats)}
          rows={replicas}
          rowKey={({ address }) => address}
        />
      )}
    </Card>
  );
}

const columns = (text: Messages['health'], formats: Formats): DataColumn<Replica>[] => [
  { id: 'address', title: text.columns.address, width: '26%', render: ({ address }) => <code>{address}</code> },
  {
    id: 'status',
    title: text.columns.status,
    width: '14%',
    render: ({ status }) => {
      const Mark = MARKS[status];
      return <Mark>{text.statuses[status]}</Mark>;
    },
  },
  { id: 'version', title: text.columns.version, width: '14%', optional: true, render: ({ version }) => version },
  { id: 'started', title: text.columns.started, width: '14%', render: ({ startedAt }) => <Time at={startedAt} /> },
  {
    id: 'latency',
    title: text.columns.latency,
    width: '12%',
    align: 'right',
    render: ({ latencyMs }) => latencyMs !== undefined && formats.duration(latencyMs),
  },
];

const detailColumn = (text: Messages['health']): DataColumn<Replica> => ({
  id: 'detail',
  title: text.columns.detail,
  render: ({ detail }) => detail && <span title={detail}>{detail}</span>,
});
