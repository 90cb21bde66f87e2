import { DataTable, formatExact, type DataColumn } from '@callboard/core-components';
import type { TrendPoint } from '../../api/types';
import { METRICS } from '../../lib/metrics';
import { CATEGORIES, scoreIn } from '../../lib/scores';
import { messages } from '../../messages';
import { Score } from '../parts/Score';

const columns: DataColumn<TrendPoint>[] = [
  { id: 'time', title: messages.trends.time, width: '22%', render: ({ time }) => formatExact(new Date(time)) },
  ...CATEGORIES.map(
    (id): DataColumn<TrendPoint> => ({
      id,
      title: messages.categories[id],
      align: 'right',
      render: ({ categories }) => <Score score={scoreIn(categories, id)} />,
    }),
  ),
  ...METRICS.slice(0, 4).map(
    ({ id, title, format }): DataColumn<TrendPoint> => ({
      id,
      title,
      align: 'right',
      optional: true,
      render: ({ metrics }) => (metrics?.[id] === undefined ? '–' : format(metrics[id])),
    }),
  ),
];

/** The same as the charts show, the newest first. */
export function TrendTable({ points }: { points: readonly TrendPoint[] }) {
  return <DataTable flush label={messages.trends.scores} columns={columns} rows={[...points].reverse()} rowKey={({ time }) => time} />;
}
