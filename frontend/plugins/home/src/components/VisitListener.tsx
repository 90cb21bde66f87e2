import { usePluginConfig, useRouteResolver } from '@callboard/core-plugin-api';
import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import { usePages, useVisits } from '../hooks/useVisits';
import { addVisit, isBelow, pageOf } from '../lib/visits';
import { rootRouteRef } from '../routes';
import type { VisitsConfig } from '../visitsConfig';

/** Who stays for less has only passed by. */
const STAY_MS = 1000;

/** Counts the pages that a person looks at. Shows nothing. */
export function VisitListener() {
  const { pathname } = useLocation();
  const pages = usePages();
  const { setVisits } = useVisits();
  // Configuration may have turned the page itself off.
  const home = useRouteResolver().resolve(rootRouteRef, '/')?.();
  const ignored = usePluginConfig<VisitsConfig>()?.visits.ignore;
  const path = pageOf(pathname, pages)?.path;
  const counts = path !== undefined && path !== home && !ignored?.some(one => isBelow(path, one));
  useEffect(() => {
    if (!counts) {
      return undefined;
    }
    const timer = setTimeout(() => setVisits(visits => addVisit(visits, path, Date.now())), STAY_MS);
    return () => clearTimeout(timer);
  }, [path, counts, setVisits]);
  return undefined;
}
