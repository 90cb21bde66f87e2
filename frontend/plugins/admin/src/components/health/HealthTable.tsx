import { StatusError, StatusOK, StatusWarning, Time, useFormats, type Formats } from '@callboard/core-components';
import { useId, type ReactNode } from 'react';
import type { Replica, Unit } from '../../api/types';
import { useMessages, type Messages } from '../../translation';
import parts from '../parts/parts.module.css';
import styles from './health.module.css';

const MARKS = { ok: StatusOK, degraded: StatusWarning, ejected: StatusWarning, down: StatusError };

interface Column {
  title: string;
  render(replica: Replica): ReactNode;
}

/** The replicas of every unit, below the name and the state of the unit. */
export function HealthTable({ units }: { units: readonly Unit[] }) {
  const text = useMessages().health;
  const formats = useFormats();
  const columns = columnsOf(text, formats, units.some(({ replicas }) => replicas.some(({ detail }) => detail)));
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={text.list}>
        <thead>
          <tr>
            {columns.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {units.map(unit => (
          <UnitRows key={unit.name} unit={unit} columns={columns} />
        ))}
      </table>
    </div>
  );
}

function UnitRows({ unit: { name, status, replicas }, columns }: { unit: Unit; columns: readonly Column[] }) {
  const text = useMessages().health;
  const id = useId();
  const Mark = MARKS[status];
  return (
    <tbody aria-labelledby={id}>
      <tr>
        <th scope="rowgroup" colSpan={columns.length}>
          <span className={styles.unit}>
            <span id={id}>{name}</span>
            <Mark>{text.units[status]}</Mark>
            <span className={parts.muted}>{text.replicas(replicas.length)}</span>
          </span>
        </th>
      </tr>
      {replicas.length === 0 && (
        <tr>
          <td colSpan={columns.length}>{text.noReplicas}</td>
        </tr>
      )}
      {replicas.map(replica => (
        <tr key={replica.address}>
          {columns.map(({ title, render }) => (
            <td key={title} data-label={title}>
              {render(replica)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

/** What is wrong is a column only where something is. */
function columnsOf({ columns: titles, statuses }: Messages['health'], formats: Formats, hasDetail: boolean): Column[] {
  const columns: Column[] = [
    { title: titles.address, render: ({ address }) => <code>{address}</code> },
    {
      title: titles.status,
      render: ({ status }) => {
        const Mark = MARKS[status];
        return <Mark>{statuses[status]}</Mark>;
      },
    },
    { title: titles.version, render: ({ version }) => version },
    { title: titles.started, render: ({ startedAt }) => <Time at={startedAt} /> },
    { title: titles.latency, render: ({ latencyMs }) => latencyMs !== undefined && formats.duration(latencyMs) },
  ];
  return hasDetail ? [...columns, { title: titles.detail, render: ({ detail }) => detail }] : columns;
}
