import { createContext, useContext, useEffect, useEffectEvent, useMemo, useRef, type ReactNode } from 'react';
import { globalSingleton } from '../lib/globalSingleton';
import { analyticsApiRef, type AnalyticsContextValue, type AnalyticsEvent } from './definitions/analytics';
import { useOptionalApiHolder } from './useApi';

const OUTSIDE: AnalyticsContextValue = { pluginId: 'app', extension: 'App', routeRef: 'unknown' };

const Context = globalSingleton('AnalyticsContext', () => createContext(OUTSIDE));

/** Adds to what the events from below say of where they happened. */
export function AnalyticsContext(props: { attributes: Partial<AnalyticsContextValue>; children?: ReactNode }) {
  const outer = useContext(Context);
  const key = JSON.stringify(props.attributes);
  const value = useMemo(() => ({ ...outer, ...(JSON.parse(key) as Partial<AnalyticsContextValue>) }), [outer, key]);
  return <Context value={value as AnalyticsContextValue}>{props.children}</Context>;
}

/** Tells what a person did, with where it was. */
export interface AnalyticsTracker {
  captureEvent(action: string, subject: string, options?: Pick<AnalyticsEvent, 'value' | 'attributes'>): void;
}

/** The tracker for the place the component is at. Tells nobody where the app has no analytics. */
export function useAnalytics(): AnalyticsTracker {
  const api = useOptionalApiHolder()?.get(analyticsApiRef);
  const context = useContext(Context);
  return useMemo(
    () => ({
      captureEvent(action, subject, options) {
        try {
          api?.captureEvent({ action, subject, ...options, context });
        } catch {
          // Whoever counts must never break what is counted.
        }
      },
    }),
    [api, context],
  );
}

/** A term that stands for so long is one that somebody looked for, and not the beginning of one. */
const SETTLED_MS = 1_000;

/**
 * Tells analytics of a search and how many results it has, once for each term that stands for a second, or until one leaves.
 * `found` is undefined as long as the results are not there.
 */
export function useSearchEvent(term: string, found: number | undefined): void {
  const analytics = useAnalytics();
  const search = useRef<{ term: string; found: number; told: boolean }>(undefined);
  const tell = useEffectEvent(() => {
    if (search.current && !search.current.told) {
      search.current.told = true;
      analytics.captureEvent('search', search.current.term, { value: search.current.found });
    }
  });
  useEffect(() => {
    if (term === '' || found === undefined || (search.current?.told && term === search.current.term)) {
      return undefined;
    }
    search.current = { term, found, told: false };
    const timer = setTimeout(() => tell(), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [term, found]);
  useEffect(() => () => tell(), []);
}
