import { useFormats, type Formats } from '@callboard/core-components';
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

const limits: readonly (Omit<MetricInfo, 'title' | 'format'> & { format: 'bytes' | 'duration' | 'number' })[] = [
  { id: 'firstContentfulPaintMs', good: 1800, poor: 3000, format: 'duration' },
  { id: 'largestContentfulPaintMs', good: 2500, poor: 4000, format: 'duration' },
  { id: 'totalBlockingTimeMs', good: 200, poor: 600, format: 'duration' },
  { id: 'cumulativeLayoutShift', good: 0.1, poor: 0.25, format: 'number' },
  { id: 'speedIndexMs', good: 3400, poor: 5800, format: 'duration' },
  { id: 'timeToInteractiveMs', good: 3800, poor: 7300, format: 'duration' },
  { id: 'totalBytes', good: 1_600_000, poor: 4_000_000, format: 'bytes' },
];

/** The metrics that are shown, in this order. */
export function useMetrics(): readonly MetricInfo[] {
  const titles = useMessages().metrics;
  const formats = useFormats();
  return limits.map(metric => ({ ...metric, title: titles[metric.id], format: formats[metric.format] }));
}

/** What a check measured, in its unit. */
export function formatValue(value: number | undefined, unit: string | undefined, formats: Formats): string {
  if (value === undefined) {
    return '';
  }
  switch (unit) {
    case 'millisecond':
      return formats.duration(value);
    case 'byte':
      return formats.bytes(value);
    default:
      return formats.number(value);
  }
}
