import { useEffect, useState } from 'react';

const MINUTE_MS = 60_000;

/** The time, renewed every so often: relative times would otherwise stand still on a page left open. */
export function useNow(everyMs = MINUTE_MS): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
