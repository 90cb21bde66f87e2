import { isError } from './assertions';
import { CustomErrorBase } from './CustomErrorBase';

// Names are written out, since those of classes are made short when an app is built.

/** What was asked for makes no sense; over HTTP, 400. */
export class InputError extends CustomErrorBase {
  override name = 'InputError' as const;
}

/** It is not known, or not believed, who asks; over HTTP, 401. */
export class AuthenticationError extends CustomErrorBase {
  override name = 'AuthenticationError' as const;
}

/** Who asks may not; over HTTP, 403. */
export class NotAllowedError extends CustomErrorBase {
  override name = 'NotAllowedError' as const;
}

/** What was asked for is not there; over HTTP, 404. */
export class NotFoundError extends CustomErrorBase {
  override name = 'NotFoundError' as const;
}

/** It contradicts what is there; over HTTP, 409. */
export class ConflictError extends CustomErrorBase {
  override name = 'ConflictError' as const;
}

/** It is as who asks knows it; over HTTP, 304. */
export class NotModifiedError extends CustomErrorBase {
  override name = 'NotModifiedError' as const;
}

/** There is nothing that could do it; over HTTP, 501. */
export class NotImplementedError extends CustomErrorBase {
  override name = 'NotImplementedError' as const;
}

/** It cannot be done now, but perhaps later; over HTTP, 503. */
export class ServiceUnavailableError extends CustomErrorBase {
  override name = 'ServiceUnavailableError' as const;
}

/** Passes an error on with more said about it, and under its name. */
export class ForwardedError extends CustomErrorBase {
  constructor(message: string, cause: unknown) {
    super(message, cause);
    this.name = isError(cause) ? cause.name : 'Error';
  }
}
