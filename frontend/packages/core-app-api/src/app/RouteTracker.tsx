import { useAnalytics } from '@callboard/core-plugin-api';
import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';

/** Tells analytics of every page that is opened. */
export function RouteTracker() {
  const analytics = useAnalytics();
  const { pathname, search, hash } = useLocation();
  useEffect(() => analytics.captureEvent('navigate', `${pathname}${search}${hash}`), [analytics, pathname, search, hash]);
  return undefined;
}
