import { useFormats } from '../lib/useFormats';
import { useNow } from '../hooks/useNow';

/** A moment, told from now; the exact one on hover. */
export function Time({ at }: { at: string | Date | undefined }) {
  const now = useNow();
  const formats = useFormats();
  const date = typeof at === 'string' ? new Date(at) : at;
  if (!date || Number.isNaN(date.getTime())) {
    return undefined;
  }
  return (
    <time dateTime={date.toISOString()} title={formats.exact(date)}>
      {formats.relative(date, now)}
    </time>
  );
}

/** How long something took, or has taken so far where it has no end yet. */
export function Duration({ from, to }: { from: string | Date | undefined; to?: string | Date }) {
  const formats = useFormats();
  const now = useNow(to ? undefined : 1000);
  const start = from && new Date(from);
  if (!start || Number.isNaN(start.getTime())) {
    return undefined;
  }
  return <span>{formats.duration((to ? new Date(to) : now).getTime() - start.getTime())}</span>;
}
