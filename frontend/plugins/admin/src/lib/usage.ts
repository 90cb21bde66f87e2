import type { Usage, UsageBucket } from '../api/types';

const HOUR = 3_600_000;

/** Stretches of time that usage is shown of, in milliseconds. */
export const RANGES = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR } as const;
export type Range = keyof typeof RANGES;

/** Reads a range out of the address; the last day where it names none. */
export function readRange(text: string | null): Range {
  return text !== null && Object.hasOwn(RANGES, text) ? (text as Range) : 'day';
}

/** One moment of a chart. What cannot be said of a moment without requests is undefined. */
export interface UsagePoint {
  time: Date;
  requestsPerMinute: number;
  clientErrorsPerMinute: number;
  serverErrorsPerMinute: number;
  requestBytes: number;
  responseBytes: number;
  cacheHitShare?: number;
  latencyP50Ms?: number;
  latencyP90Ms?: number;
  latencyP99Ms?: number;
}

/** A point for every stretch from one time to another, those without requests included. */
export function usagePoints({ resolution, buckets }: Usage, from: Date, to: Date): UsagePoint[] {
  const step = Math.max(1000, Number.parseFloat(resolution) * 1000 || 0);
  const byTime = new Map(buckets.map(bucket => [new Date(bucket.time).getTime(), bucket]));
  const first = Math.floor(from.getTime() / step) * step;
  const count = Math.max(1, Math.ceil((to.getTime() - first) / step));
  return Array.from({ length: count }, (_, index) => {
    const time = first + index * step;
    return usagePoint(new Date(time), byTime.get(time), step / 60_000);
  });
}

function usagePoint(time: Date, bucket: UsageBucket | undefined, minutes: number): UsagePoint {
  const point = {
    time,
    requestsPerMinute: (bucket?.requests ?? 0) / minutes,
    clientErrorsPerMinute: (bucket?.clientErrors ?? 0) / minutes,
    serverErrorsPerMinute: (bucket?.serverErrors ?? 0) / minutes,
    requestBytes: bucket?.requestBytes ?? 0,
    responseBytes: bucket?.responseBytes ?? 0,
  };
  if (!bucket || bucket.requests === 0) {
    return point;
  }
  const { latencyP50Ms, latencyP90Ms, latencyP99Ms } = bucket;
  return { ...point, cacheHitShare: bucket.cacheHits / bucket.requests, latencyP50Ms, latencyP90Ms, latencyP99Ms };
}

const ROUND = [1, 2, 3, 4, 5, 6, 8, 10];

/** The next number that is easily read off an axis, and halved: 200 for 194. */
export function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return value > 0 ? (ROUND.find(step => step * power >= value) ?? 10) * power : 1;
}

/** All of an endpoint's usage in one line. */
export interface UsageTotals {
  requests: number;
  clientErrors: number;
  serverErrors: number;
  cacheHits: number;
  bytes: number;
  /** The highest p90 of any stretch; undefined without requests. */
  highestP90Ms: number | undefined;
}

/** Adds buckets up. */
export function usageTotals(buckets: readonly UsageBucket[]): UsageTotals {
  const sum = (value: (bucket: UsageBucket) => number) => buckets.reduce((total, bucket) => total + value(bucket), 0);
  return {
    requests: sum(({ requests }) => requests),
    clientErrors: sum(({ clientErrors }) => clientErrors),
    serverErrors: sum(({ serverErrors }) => serverErrors),
    cacheHits: sum(({ cacheHits }) => cacheHits),
    bytes: sum(({ requestBytes, responseBytes }) => requestBytes + responseBytes),
    highestP90Ms: buckets.length > 0 ? Math.max(...buckets.map(({ latencyP90Ms }) => latencyP90Ms)) : undefined,
  };
}
