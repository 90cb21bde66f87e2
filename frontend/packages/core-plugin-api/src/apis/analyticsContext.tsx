import { createContext, useContext, useMemo, type ReactNode } from 'react';
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
