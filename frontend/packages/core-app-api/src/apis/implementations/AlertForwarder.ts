import { createObservable, type AlertApi, type AlertMessage } from '@callboard/core-plugin-api';
import type { Observable } from '@callboard/types';
import { Subject } from '../../lib/Subject';

/** Passes messages on, and keeps those posted before anybody listened. */
export class AlertForwarder implements AlertApi {
  private readonly subject = new Subject<AlertMessage>();
  private early: AlertMessage[] | undefined = [];

  post(alert: AlertMessage): void {
    if (this.early) {
      this.early.push(alert);
    } else {
      this.subject.next(alert);
    }
  }

  alert$(): Observable<AlertMessage> {
    return createObservable(next => {
      const { unsubscribe } = this.subject.subscribe(next);
      const early = this.early;
      this.early = undefined;
      early?.forEach(alert => this.subject.next(alert));
      return unsubscribe;
    });
  }
}
