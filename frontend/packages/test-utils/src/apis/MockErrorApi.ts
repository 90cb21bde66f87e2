import type { ErrorApi, ErrorApiErrorContext } from '@callboard/core-plugin-api';
import type { Observable } from '@callboard/types';
import { Arrivals } from './Arrivals';

export interface MockErrorApiOptions {
  /** Keeps errors for the test to look at. Without, an error that is posted is thrown, so that the test fails. */
  collect?: boolean;
}

export interface ErrorWithContext {
  error: Error;
  context?: ErrorApiErrorContext;
}

/** Takes errors that no component shows by itself. */
export class MockErrorApi implements ErrorApi {
  private readonly errors = new Arrivals<ErrorWithContext>();

  constructor(private readonly options: MockErrorApiOptions = {}) {}

  post(error: Error, context?: ErrorApiErrorContext): void {
    if (!this.options.collect) {
      throw new Error(`An error was posted that the test did not expect: ${error}`, { cause: error });
    }
    this.errors.add(context === undefined ? { error } : { error, context });
  }

  error$(): Observable<ErrorWithContext> {
    return this.errors.observable;
  }

  getErrors(): ErrorWithContext[] {
    return this.errors.all();
  }

  waitForError(pattern: RegExp, timeoutMs = 2000): Promise<ErrorWithContext> {
    return this.errors.waitFor(({ error }) => pattern.test(error.message), timeoutMs, `an error that matches ${pattern}`);
  }
}
