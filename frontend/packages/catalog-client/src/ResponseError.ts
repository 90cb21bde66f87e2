import type { SerializedError } from '@callboard/catalog-model';

/** A response that says no, with everything the server told about why. */
export class ResponseError extends Error {
  override readonly name = 'ResponseError';

  private constructor(
    message: string,
    /** The HTTP status. */
    readonly status: number,
    /** The error as the server named it, when it did. */
    readonly body: SerializedError | undefined,
    /** The request, without its origin; and without its method, where that was not said. */
    readonly request: { method?: string; path: string },
  ) {
    super(message);
  }

  /** Reads the error out of a response that is not OK. */
  static async fromResponse(response: Response, method?: string): Promise<ResponseError> {
    const body = await readBody(response);
    const path = response.url ? new URL(response.url, 'http://localhost').pathname : '';
    const message = body?.message || `The server answered ${response.status} ${response.statusText}`.trim();
    return new ResponseError(message, response.status, body, { method, path });
  }

  /** The status, by the name that plugins of Backstage know it by. */
  get statusCode(): number {
    return this.status;
  }

  /** The id under which the server logged the cause, if it gave one. */
  get logId(): string | undefined {
    return /logId=([0-9a-f]+)/.exec(this.body?.message ?? '')?.[1];
  }
}

async function readBody(response: Response): Promise<SerializedError | undefined> {
  if (!response.headers.get('content-type')?.startsWith('application/json')) {
    return undefined;
  }
  try {
    const body: unknown = await response.json();
    const error = (body as { error?: Partial<SerializedError> } | null)?.error;
    return typeof error?.message === 'string'
      ? { name: error.name ?? 'Error', message: error.message, cause: error.cause }
      : undefined;
  } catch {
    return undefined;
  }
}
