import type { AnalyticsApi, AnalyticsEvent } from '@callboard/core-plugin-api';

/** Keeps what people do, for a test to look at. */
export class MockAnalyticsApi implements AnalyticsApi {
  private readonly events: AnalyticsEvent[] = [];

  captureEvent({ action, subject, value, attributes, context }: AnalyticsEvent): void {
    this.events.push({
      action,
      subject,
      ...(value !== undefined && { value }),
      ...(attributes !== undefined && { attributes }),
      context,
    });
  }

  getEvents(): AnalyticsEvent[] {
    return [...this.events];
  }
}
