import { parseErrorResponseBody, type ConsumedResponse, type ErrorResponseBody, type UnreadResponse } from './responseBody';
import { deserializeError } from './serialization';

/** A response that says no, with everything the server told about why. */
export class ResponseError extends Error {
  override readonly name = 'ResponseError';
  /** The error as the server has it, by which it is told from others: `error.cause.name === 'ConflictError'`. */
  override readonly cause: Error;

  private constructor(
    /** The response, without its body. */
    readonly response: ConsumedResponse,
    /** What the server said, or what its status does. */
    readonly body: ErrorResponseBody,
    /** The request, without its origin; and without its method, where that was not said. */
    readonly request: { method?: string; path: string },
  ) {
    super(body.error.message);
    this.cause = deserializeError(body.error);
  }

  /** Reads the error out of a response that is not OK. */
  static async fromResponse(response: UnreadResponse, method?: string): Promise<ResponseError> {
    const body = await parseErrorResponseBody(response);
    const path = response.url ? new URL(response.url, 'http://localhost').pathname : '';
    return new ResponseError(response, body, { method: method ?? body.request?.method, path });
  }

  /** The HTTP status. */
  get status(): number {
    return this.response.status;
  }

  /** The same, by the name that plugins of Backstage know it by. */
  get statusCode(): number {
    return this.status;
  }

  /** What the status is called. */
  get statusText(): string {
    return this.response.statusText;
  }

  /** The id under which the server logged the cause, if it gave one. */
  get logId(): string | undefined {
    return /logId=([0-9a-f]+)/.exec(this.message)?.[1];
  }
}
