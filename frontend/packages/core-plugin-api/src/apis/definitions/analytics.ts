import { createApiRef } from '../ApiRef';

/** Where in the app an event happened. */
export interface AnalyticsContextValue {
  /** `app` outside of plugins. */
  pluginId: string;
  /** The name of the extension; `App` outside of extensions. */
  extension: string;
  /** The id of the page's route reference; `unknown` where there is none. */
  routeRef: string;
  [attribute: string]: string | number | boolean | undefined;
}

/** Something a person did. */
export interface AnalyticsEvent {
  /** Such as `navigate`, `click`, `search`, `create`, `filter` or `not-found`. */
  action: string;
  /** What it was done to: a path, the text of a link, a search term. */
  subject: string;
  value?: number;
  attributes?: Readonly<Record<string, string | number | boolean>>;
  context: AnalyticsContextValue;
}

/** Receives what people do, for whoever wants to learn from it. The portal itself keeps nothing. */
export interface AnalyticsApi {
  captureEvent(event: AnalyticsEvent): void;
}

export const analyticsApiRef = createApiRef<AnalyticsApi>({ id: 'core.analytics' });
