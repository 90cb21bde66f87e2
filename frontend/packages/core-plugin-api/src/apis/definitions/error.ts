import type { Observable } from '@callboard/types';
import { createApiRef } from '../ApiRef';

/** How an error is to be treated. */
export interface ErrorApiErrorContext {
  /** Collects the error without showing it. */
  hidden?: boolean;
}

/** An error as it is taken: one that a component threw has a message at least. */
export type ErrorApiError = Error;

/** Takes errors that no component shows by itself. */
export interface ErrorApi {
  post(error: Error, context?: ErrorApiErrorContext): void;
  error$(): Observable<{ error: Error; context?: ErrorApiErrorContext }>;
}

export const errorApiRef = createApiRef<ErrorApi>({ id: 'core.error' });
