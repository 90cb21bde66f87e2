import { formatDuration, formatExact, formatRelative } from '../lib/time';
import { useNow } from '../lib/useNow';

/** A moment, told from now; the exact one on hover. */
export function Time({ at }: { at: string | Date | undefined }) {
  const now = useNow();
  const date = typeof at === 'string' ? new Date(at) : at;
  if (!date || Number.isNaN(date.getTime())) {
    return undefined;
  }
  return (
    <time dateTime={date.toISOString()} title={formatExact(date)}>
      {formatRelative(date, now)}
    </time>
  );
}

/** How long something took, or has taken so far where it has no end yet. */
export function Duration({ from, to }: { from: string | Date | undefined; to?: string | Date }) {
  const now = useNow(to ? undefined : 1000);
  const start = from && new Date(from);
  if (!start || Number.isNaN(start.getTime())) {
    return undefined;
  }
  return <span>{formatDuration((to ? new Date(to) : now).getTime() - start.getTime())}</span>;
}
