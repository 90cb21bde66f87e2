import { useRouteResolver } from '@callboard/core-plugin-api';
import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import { usePages, useVisits } from '../hooks/useVisits';
import { addVisit, pageOf } from '../lib/visits';
import { rootRouteRef } from '../routes';

/** Who stays for less has only passed by. */
const STAY_MS = 1000;

/** Counts the pages that a person looks at. Shows nothing. */
export function VisitListener() {
  const { pathname } = useLocation();
  const pages = usePages();
  const { setVisits } = useVisits();
  // Configuration may have turned the page itself off.
  const home = useRouteResolver().resolve(rootRouteRef, '/')?.();
  const path = pageOf(pathname, pages)?.path;
  useEffect(() => {
    if (path === undefined || path === home) {
      return undefined;
    }
    const timer = setTimeout(() => setVisits(visits => addVisit(visits, path, Date.now())), STAY_MS);
    return () => clearTimeout(timer);
  }, [path, home, setVisits]);
  return undefined;
}
