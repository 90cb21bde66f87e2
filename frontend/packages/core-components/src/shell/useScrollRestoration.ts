import { useEffect, useLayoutEffect } from 'react';
import { useLocation, useNavigationType } from 'react-router-dom';

const positions = new Map<string, number>();

/** Starts a new page at its top, and takes a page one goes back to where it was left. */
export function useScrollRestoration(): void {
  const { key, pathname } = useLocation();
  const navigation = useNavigationType();

  useEffect(() => {
    const remember = () => positions.set(key, window.scrollY);
    window.addEventListener('scroll', remember, { passive: true });
    return () => window.removeEventListener('scroll', remember);
  }, [key]);

  useLayoutEffect(() => {
    if (navigation === 'POP') {
      window.scrollTo(0, positions.get(key) ?? 0);
    }
  }, [key, navigation]);

  useLayoutEffect(() => {
    if (navigation !== 'POP') {
      window.scrollTo(0, 0);
    }
    // Only another page starts at its top; filters and tabs leave the page where it is.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [pathname]);
}
