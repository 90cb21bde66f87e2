import { Card, DataTable, type Formats, useFormats, type DataColumn } from '@callboard/core-components';
import type { CheckComparison, Comparison } from '../../api/types';
import { formatValue, useMetrics, type MetricInfo } from '../../lib/metrics';
import { CATEGORIES, percentOf, scoreIn, type CategoryId } from '../../lib/scores';
import { useMessages, type Messages } from '../../translation';
import { Score } from '../parts/Score';
import styles from './ComparePage.module.css';

const NUMBER_WIDTH = '76px';

/** What got better and what worse: scores, metrics, and the checks that came out differently. */
export function ComparisonTables({ comparison }: { comparison: Comparison }) {
  const messages = useMessages();
  const formats = useFormats();
  const metricRows = useMetrics();
  const text = messages.compare;
  const { base, other, checks = [] } = comparison;
  const scores: DataColumn<CategoryId>[] = [
    { id: 'check', title: text.columns.category, render: id => messages.categories[id] },
    { id: 'before', title: text.columns.before, width: NUMBER_WIDTH, align: 'right', render: id => <Score score={scoreIn(base.categories, id)} /> },
    { id: 'after', title: text.columns.after, width: NUMBER_WIDTH, align: 'right', render: id => <Score score={scoreIn(other.categories, id)} /> },
    {
      id: 'change',
      title: text.columns.change,
      width: NUMBER_WIDTH,
      align: 'right',
      render: id => <ScoreChange before={scoreIn(base.categories, id)} after={scoreIn(other.categories, id)} />,
    },
  ];
  const metrics: DataColumn<MetricInfo>[] = [
    { id: 'check', title: text.columns.metric, render: ({ title }) => title },
    ...(['base', 'other'] as const).map(
      (side): DataColumn<MetricInfo> => ({
        id: side,
        title: side === 'base' ? text.columns.before : text.columns.after,
        width: NUMBER_WIDTH,
        align: 'right',
        render: ({ id, format }) => {
          const value = comparison[side].metrics?.[id];
          return value === undefined ? '–' : format(value);
        },
      }),
    ),
    { id: 'change', title: text.columns.change, width: NUMBER_WIDTH, align: 'right', render: metric => <MetricChange metric={metric} comparison={comparison} /> },
  ];
  return (
    <div className={styles.tables}>
      <Card title={text.scores} flush>
        <DataTable flush fixed label={text.scores} columns={scores} rows={CATEGORIES} rowKey={id => id} />
      </Card>
      <Card title={text.metrics} flush>
        <DataTable flush fixed label={text.metrics} columns={metrics} rows={metricRows} rowKey={({ id }) => id} />
      </Card>
      <div className={styles.checks}>
        <Card title={text.checks} count={checks.length} flush={checks.length > 0}>
          {checks.length === 0 ? (
            <p className={styles.faint}>{text.noChecks}</p>
          ) : (
            <DataTable flush label={text.checks} columns={checkColumns(text, formats)} rows={checks} rowKey={({ id }) => id} />
          )}
        </Card>
      </div>
    </div>
  );
}

const checkColumns = (text: Messages['compare'], formats: Formats): DataColumn<CheckComparison>[] => [
  { id: 'check', title: text.columns.check, render: ({ id, title }) => <span title={id}>{title}</span> },
  ...(['base', 'other'] as const).map(
    (side): DataColumn<CheckComparison> => ({
      id: side,
      title: side === 'base' ? text.columns.before : text.columns.after,
      width: '150px',
      align: 'right',
      render: check => (
        <>
          <span className={styles.faint}>{formatValue(check[`${side}Value`], check.numericUnit, formats)}</span>{' '}
          <Score score={check[`${side}Score`]} />
        </>
      ),
    }),
  ),
  { id: 'change', title: text.columns.change, width: NUMBER_WIDTH, align: 'right', render: ({ baseScore, otherScore }) => <ScoreChange before={baseScore} after={otherScore} /> },
];

function ScoreChange({ before, after }: { before: number | undefined; after: number | undefined }) {
  if (before === undefined || after === undefined) {
    return '–';
  }
  const change = percentOf(after) - percentOf(before);
  return <Change text={signed(change)} better={change > 0} worse={change < 0} />;
}

function MetricChange({ metric, comparison }: { metric: MetricInfo; comparison: Comparison }) {
  const [before, after] = [comparison.base.metrics?.[metric.id], comparison.other.metrics?.[metric.id]];
  if (before === undefined || after === undefined) {
    return '–';
  }
  const change = after - before;
  const sign = change > 0 ? '+' : change < 0 ? '−' : '±';
  return <Change text={`${sign}${metric.format(Math.abs(change))}`} better={change < 0} worse={change > 0} />;
}

function Change({ text: shown, better, worse }: { text: string; better: boolean; worse: boolean }) {
  return (
    <span className={styles.change} data-tone={better ? 'success' : worse ? 'danger' : undefined}>
      {shown}
    </span>
  );
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '±0';
}
