import { isError } from './assertions';
import { stringifyError } from './serialization';

/** What errors of one's own extend: the message says what caused it, too. */
export class CustomErrorBase extends Error {
  override readonly cause?: Error;

  constructor(message?: string, cause?: unknown) {
    const reason = cause === undefined ? undefined : `caused by ${stringifyError(cause)}`;
    super([message, reason].filter(Boolean).join('; '));
    this.name = new.target.name;
    this.cause = isError(cause) ? cause : undefined;
  }
}
