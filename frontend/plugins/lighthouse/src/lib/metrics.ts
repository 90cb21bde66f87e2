import { formatDuration } from '@callboard/core-components';
import type { Metrics } from '../api/types';
import { useMessages } from '../translation';

/** A metric as it is shown. `poor` is where Lighthouse's mobile thresholds begin to call it so. */
export interface MetricInfo {
  id: keyof Metrics;
  title: string;
  good: number;
  poor: number;
  format(value: number): string;
}

const limits: readonly Omit<MetricInfo, 'title'>[] = [
  { id: 'firstContentfulPaintMs', good: 1800, poor: 3000, format: formatDuration },
  { id: 'largestContentfulPaintMs', good: 2500, poor: 4000, format: formatDuration },
  { id: 'totalBlockingTimeMs', good: 200, poor: 600, format: formatDuration },
  { id: 'cumulativeLayoutShift', good: 0.1, poor: 0.25, format: value => value.toFixed(3) },
  { id: 'speedIndexMs', good: 3400, poor: 5800, format: formatDuration },
  { id: 'timeToInteractiveMs', good: 3800, poor: 7300, format: formatDuration },
  { id: 'totalBytes', good: 1_600_000, poor: 4_000_000, format: bytes },
];

/** The metrics that are shown, in this order. */
export function useMetrics(): readonly MetricInfo[] {
  const titles = useMessages().metrics;
  return limits.map(metric => ({ ...metric, title: titles[metric.id] }));
}

function bytes(value: number): string {
  return value >= 1_000_000 ? `${(value / 1_000_000).toFixed(1)} MB` : `${Math.round(value / 1000)} kB`;
}

/** What a check measured, in its unit. */
export function formatValue(value: number | undefined, unit: string | undefined): string {
  if (value === undefined) {
    return '';
  }
  switch (unit) {
    case 'millisecond':
      return formatDuration(value);
    case 'byte':
      return bytes(value);
    default:
      return value.toLocaleString('en', { maximumFractionDigits: 3 });
  }
}
