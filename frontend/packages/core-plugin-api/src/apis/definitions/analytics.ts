import { createApiRef } from '../ApiRef';

/** What else is to be known of an event. */
export type AnalyticsEventAttributes = Readonly<Record<string, string | number | boolean>>;

/** Where in the app every event happens. */
export interface CommonAnalyticsContext {
  /** `app` outside of plugins. */
  pluginId: string;
  /** The name of the extension; `App` outside of extensions. */
  extension: string;
  /** The id of the page's route reference; `unknown` where there is none. */
  routeRef: string;
}

/** Where in the app an event happened, and what those around it say. */
export interface AnalyticsContextValue extends CommonAnalyticsContext {
  [attribute: string]: string | number | boolean | undefined;
}

/** Something a person did. */
export interface AnalyticsEvent {
  /** Such as `navigate`, `click`, `search`, `create`, `filter` or `not-found`. */
  action: string;
  /** What it was done to: a path, the text of a link, a search term. */
  subject: string;
  value?: number;
  attributes?: AnalyticsEventAttributes;
  context: AnalyticsContextValue;
}

/** Receives what people do, for whoever wants to learn from it. The portal itself keeps nothing. */
export interface AnalyticsApi {
  captureEvent(event: AnalyticsEvent): void;
}

export const analyticsApiRef = createApiRef<AnalyticsApi>({ id: 'core.analytics' });
