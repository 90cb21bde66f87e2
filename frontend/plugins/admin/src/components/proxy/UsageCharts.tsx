import { Card, EmptyState, TimeChart, useFormats, type TimeSeries } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { ChartLine } from 'lucide-react';
import { useState } from 'react';
import type { Endpoint, Usage } from '../../api/types';
import { roundedUp, usagePoints, usageTotals, type UsagePoint, type UsageTotals } from '../../lib/usage';
import { useMessages, type Messages } from '../../translation';
import styles from './proxy.module.css';
import { UsageTable } from './UsageTable';

/** What went through an endpoint, as sums, charts or a table. */
export function UsageCharts(props: { endpoint: Endpoint; usage: Usage; from: Date; to: Date }) {
  const text = useMessages().endpoint;
  const formats = useFormats();
  const { endpoint, usage, from, to } = props;
  const [asTable, setAsTable] = useState(false);
  const isCached = (endpoint.cache ?? 'none') !== 'none';
  if (usage.buckets.length === 0) {
    return <EmptyState icon={ChartLine} title={text.unusedTitle} description={text.unusedText(endpoint.route)} />;
  }
  const points = usagePoints(usage, from, to);
  const toggle = <Button variant="text" onClick={() => setAsTable(!asTable)}>{asTable ? text.asChart : text.asTable}</Button>;
  return (
    <>
      <Totals totals={usageTotals(usage.buckets)} isCached={isCached} />
      <div className={styles.charts}>
        <div className={styles.wide}>
          <Card title={text.charts.rate} flush={asTable} actions={toggle}>
            {asTable ? <UsageTable buckets={usage.buckets} isCached={isCached} /> : <Chart title={text.charts.rate} points={points} format={formats.rounded} series={RATE(text)} />}
          </Card>
        </div>
        {!asTable && (
          <>
            <Card title={text.charts.latency}>
              <Chart title={text.charts.latency} points={points} format={formats.duration} series={LATENCY(text)} />
            </Card>
            <Card title={text.charts.bytes}>
              <Chart title={text.charts.bytes} points={points} format={formats.bytes} series={BYTES(text)} />
            </Card>
            {isCached && (
              <Card title={text.charts.cache}>
                <Chart title={text.charts.cache} points={points} format={formats.share} series={CACHE(text)} max={1} />
              </Card>
            )}
          </>
        )}
      </div>
    </>
  );
}

interface Line extends Pick<TimeSeries, 'id' | 'title' | 'tone'> {
  value(point: UsagePoint): number | undefined;
}

const RATE = (text: Messages['endpoint']): Line[] => [
  { id: 'requests', title: text.series.requests, value: point => point.requestsPerMinute },
  { id: 'client', title: text.series.clientErrors, tone: 'warning', value: point => point.clientErrorsPerMinute },
  { id: 'server', title: text.series.serverErrors, tone: 'danger', value: point => point.serverErrorsPerMinute },
];
const LATENCY = (text: Messages['endpoint']): Line[] => [
  { id: 'p50', title: text.series.p50, value: point => point.latencyP50Ms },
  { id: 'p90', title: text.series.p90, value: point => point.latencyP90Ms },
  { id: 'p99', title: text.series.p99, value: point => point.latencyP99Ms },
];
const BYTES = (text: Messages['endpoint']): Line[] => [
  { id: 'sent', title: text.series.sent, value: point => point.requestBytes },
  { id: 'received', title: text.series.received, value: point => point.responseBytes },
];
const CACHE = (text: Messages['endpoint']): Line[] => [{ id: 'hits', title: text.series.cacheHits, value: point => point.cacheHitShare }];

function Chart(props: { title: string; points: readonly UsagePoint[]; series: readonly Line[]; max?: number; format(value: number): string }) {
  const { title, points, series, max, format } = props;
  const lines = series.map(({ value, ...line }) => ({ ...line, values: points.map(value) }));
  const highest = Math.max(...lines.flatMap(({ values }) => values.filter(value => value !== undefined)), 0);
  return <TimeChart label={title} times={points.map(({ time }) => time)} series={lines} max={max ?? roundedUp(highest)} format={format} />;
}

function Totals({ totals, isCached }: { totals: UsageTotals; isCached: boolean }) {
  const text = useMessages().endpoint;
  const formats = useFormats();
  const { requests, clientErrors, serverErrors, cacheHits, bytes, highestP90Ms } = totals;
  const errors = clientErrors + serverErrors;
  const figures = [
    [text.totals.requests, formats.number(requests)],
    [text.totals.errors, `${formats.number(errors)} (${formats.share(requests > 0 ? errors / requests : 0)})`],
    [text.totals.latency, highestP90Ms === undefined ? '–' : formats.duration(highestP90Ms)],
    [text.totals.bytes, formats.bytes(bytes)],
    ...(isCached ? [[text.totals.cacheHits, formats.share(requests > 0 ? cacheHits / requests : 0)]] : []),
  ];
  return (
    <dl className={styles.totals}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
