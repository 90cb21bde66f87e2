import type { Observable } from '@callboard/types';
import { createApiRef } from '../ApiRef';

export type AlertSeverity = 'success' | 'info' | 'warning' | 'error';

/** A short message to the person at the screen. */
export interface AlertMessage {
  message: string;
  severity?: AlertSeverity;
  /** A transient one goes away by itself. */
  display?: 'permanent' | 'transient';
}

/** Shows messages. */
export interface AlertApi {
  post(alert: AlertMessage): void;
  alert$(): Observable<AlertMessage>;
}

export const alertApiRef = createApiRef<AlertApi>({ id: 'core.alert' });
