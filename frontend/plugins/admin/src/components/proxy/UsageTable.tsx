import { DataTable, type Formats, useFormats, type DataColumn } from '@callboard/core-components';
import type { UsageBucket } from '../../api/types';
import { useMessages, type Messages } from '../../translation';

function number(id: string, title: string, value: (bucket: UsageBucket) => string, optional = false): DataColumn<UsageBucket> {
  return { id, title, align: 'right', optional, render: value };
}

const columns = (text: Messages['endpoint'], formats: Formats): DataColumn<UsageBucket>[] => [
  { id: 'time', title: text.time, width: '22%', render: ({ time }) => formats.exact(new Date(time)) },
  number('requests', text.series.requests, ({ requests }) => formats.number(requests)),
  number('client', text.series.clientErrors, ({ clientErrors }) => formats.number(clientErrors)),
  number('server', text.series.serverErrors, ({ serverErrors }) => formats.number(serverErrors)),
  number('p50', text.series.p50, ({ latencyP50Ms }) => formats.duration(latencyP50Ms), true),
  number('p90', text.series.p90, ({ latencyP90Ms }) => formats.duration(latencyP90Ms)),
  number('p99', text.series.p99, ({ latencyP99Ms }) => formats.duration(latencyP99Ms), true),
  number('sent', text.series.sent, ({ requestBytes }) => formats.bytes(requestBytes), true),
  number('received', text.series.received, ({ responseBytes }) => formats.bytes(responseBytes), true),
];
const cacheColumn = (text: Messages['endpoint'], formats: Formats) => number('hits', text.series.cacheHits, ({ cacheHits }) => formats.number(cacheHits), true);

/** The same as the charts show, the newest first; stretches without requests are left out. */
export function UsageTable({ buckets, isCached }: { buckets: readonly UsageBucket[]; isCached: boolean }) {
  const text = useMessages().endpoint;
  const formats = useFormats();
  return (
    <DataTable
      flush
      label={text.usage}
      columns={isCached ? [...columns(text, formats), cacheColumn(text, formats)] : columns(text, formats)}
      rows={[...buckets].reverse()}
      rowKey={({ time }) => time}
    />
  );
}
