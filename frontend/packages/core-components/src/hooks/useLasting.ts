import { useEffect, useState } from 'react';

/** Whether something has been so for a time, in milliseconds. */
export function useLasting(isSo: boolean, time: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isSo) {
      return undefined;
    }
    const timer = setTimeout(() => setLasts(true), time);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [isSo, time]);
  return isSo && lasts;
}
