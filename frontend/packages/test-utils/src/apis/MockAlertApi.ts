import type { AlertApi, AlertMessage } from '@callboard/core-plugin-api';
import type { Observable } from '@callboard/types';
import { Arrivals } from './Arrivals';

/** Keeps the messages to the person, for a test to look at. */
export class MockAlertApi implements AlertApi {
  private readonly alerts = new Arrivals<AlertMessage>();

  post(alert: AlertMessage): void {
    this.alerts.add(alert);
  }

  alert$(): Observable<AlertMessage> {
    return this.alerts.observable;
  }

  getAlerts(): AlertMessage[] {
    return this.alerts.all();
  }

  clearAlerts(): void {
    this.alerts.clear();
  }

  waitForAlert(matches: (alert: AlertMessage) => boolean, timeoutMs = 2000): Promise<AlertMessage> {
    return this.alerts.waitFor(matches, timeoutMs, 'an alert');
  }
}
