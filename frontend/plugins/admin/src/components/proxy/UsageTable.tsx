import { DataTable, formatDuration, formatExact, type DataColumn } from '@callboard/core-components';
import type { UsageBucket } from '../../api/types';
import { formatBytes } from '../../lib/usage';
import { useMessages, type Messages } from '../../translation';

function number(id: string, title: string, value: (bucket: UsageBucket) => string, optional = false): DataColumn<UsageBucket> {
  return { id, title, align: 'right', optional, render: value };
}

const columns = (text: Messages['endpoint']): DataColumn<UsageBucket>[] => [
  { id: 'time', title: text.time, width: '22%', render: ({ time }) => formatExact(new Date(time)) },
  number('requests', text.series.requests, ({ requests }) => requests.toLocaleString('en')),
  number('client', text.series.clientErrors, ({ clientErrors }) => clientErrors.toLocaleString('en')),
  number('server', text.series.serverErrors, ({ serverErrors }) => serverErrors.toLocaleString('en')),
  number('p50', text.series.p50, ({ latencyP50Ms }) => formatDuration(latencyP50Ms), true),
  number('p90', text.series.p90, ({ latencyP90Ms }) => formatDuration(latencyP90Ms)),
  number('p99', text.series.p99, ({ latencyP99Ms }) => formatDuration(latencyP99Ms), true),
  number('sent', text.series.sent, ({ requestBytes }) => formatBytes(requestBytes), true),
  number('received', text.series.received, ({ responseBytes }) => formatBytes(responseBytes), true),
];
const cacheColumn = (text: Messages['endpoint']) => number('hits', text.series.cacheHits, ({ cacheHits }) => cacheHits.toLocaleString('en'), true);

/** The same as the charts show, the newest first; stretches without requests are left out. */
export function UsageTable({ buckets, isCached }: { buckets: readonly UsageBucket[]; isCached: boolean }) {
  const text = useMessages().endpoint;
  return (
    <DataTable
      flush
      label={text.usage}
      columns={isCached ? [...columns(text), cacheColumn(text)] : columns(text)}
      rows={[...buckets].reverse()}
      rowKey={({ time }) => time}
    />
  );
}
