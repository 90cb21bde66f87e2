import { DataTable, type Formats, useFormats, type DataColumn } from '@callboard/core-components';
import type { TrendPoint } from '../../api/types';
import { useMetrics, type MetricInfo } from '../../lib/metrics';
import { CATEGORIES, scoreIn } from '../../lib/scores';
import { useMessages, type Messages } from '../../translation';
import { Score } from '../parts/Score';

const columns = (messages: Messages, metrics: readonly MetricInfo[], formats: Formats): DataColumn<TrendPoint>[] => [
  { id: 'time', title: messages.trends.time, width: '22%', render: ({ time }) => formats.exact(new Date(time)) },
  ...CATEGORIES.map(
    (id): DataColumn<TrendPoint> => ({
      id,
      title: messages.categories[id],
      align: 'right',
      render: ({ categories }) => <Score score={scoreIn(categories, id)} />,
    }),
  ),
  ...metrics.slice(0, 4).map(
    ({ id, title, format }): DataColumn<TrendPoint> => ({
      id,
      title,
      align: 'right',
      optional: true,
      render: ({ metrics: measured }) => (measured?.[id] === undefined ? '–' : format(measured[id])),
    }),
  ),
];

/** The same as the charts show, the newest first. */
export function TrendTable({ points }: { points: readonly TrendPoint[] }) {
  const messages = useMessages();
  const metrics = useMetrics();
  const formats = useFormats();
  return <DataTable flush label={messages.trends.scores} columns={columns(messages, metrics, formats)} rows={[...points].reverse()} rowKey={({ time }) => time} />;
}
