import { useEffect, useState } from 'react';

const DELAY_MS = 250;

/** The value, once it has stayed the same for a moment. */
export function useDebounced<T>(value: T, delay = DELAY_MS): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
