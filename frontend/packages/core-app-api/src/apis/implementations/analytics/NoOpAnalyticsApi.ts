import type { AnalyticsApi } from '@callboard/core-plugin-api';

/** Keeps nothing of what people do. */
export class NoOpAnalyticsApi implements AnalyticsApi {
  captureEvent(): void {}
}
