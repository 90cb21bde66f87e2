import type { AnalyticsApi, AnalyticsEvent } from '@callboard/core-plugin-api';

/** Tells several of what people do; one that fails keeps nothing from the others. */
export class MultipleAnalyticsApi implements AnalyticsApi {
  private constructor(private readonly apis: readonly AnalyticsApi[]) {}

  static fromApis(apis: readonly AnalyticsApi[]): MultipleAnalyticsApi {
    return new MultipleAnalyticsApi(apis);
  }

  captureEvent(event: AnalyticsEvent): void {
    for (const api of this.apis) {
      try {
        api.captureEvent(event);
      } catch {
        // What counts clicks must not break them.
      }
    }
  }
}
