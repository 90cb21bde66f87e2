import type { AlertApi, ErrorApi, ErrorApiErrorContext } from '@callboard/core-plugin-api';
import type { Observable } from '@callboard/types';
import { Subject } from '../../lib/Subject';

/** Shows errors as alerts, unless they are to stay hidden. */
export class ErrorAlerter implements ErrorApi {
  private readonly subject = new Subject<{ error: Error; context?: ErrorApiErrorContext }>();

  constructor(private readonly alertApi: AlertApi) {}

  post(error: Error, context?: ErrorApiErrorContext): void {
    if (!context?.hidden) {
      this.alertApi.post({ message: error.message, severity: 'error' });
    }
    this.subject.next({ error, context });
  }

  error$(): Observable<{ error: Error; context?: ErrorApiErrorContext }> {
    return this.subject;
  }
}
