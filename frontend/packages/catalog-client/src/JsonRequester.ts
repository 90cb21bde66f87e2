import { ResponseError } from '@callboard/errors';

/** What a request may have besides its method and address. */
export interface JsonRequestOptions {
  signal?: AbortSignal;
  /** Sent as the bearer. */
  token?: string;
  /** A status that is an answer too. */
  accept?: number;
  /** Sent as JSON. */
  body?: unknown;
}

/** Sends and receives JSON. A refusal is a `ResponseError`. */
export class JsonRequester {
  constructor(private readonly fetchApi: { fetch: typeof fetch }) {}

  /** The answer, read. */
  async json<T>(method: string, url: string, options?: JsonRequestOptions): Promise<T> {
    return (await this.send(method, url, options)).json();
  }

  /** The answer as it came, for those that hold nothing to read. */
  async send(method: string, url: string, { signal, token, accept, body }: JsonRequestOptions = {}): Promise<Response> {
    const response = await this.fetchApi.fetch(url, {
      method,
      signal,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...((body !== undefined || token) && {
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token && { authorization: `Bearer ${token}` }),
        },
      }),
    });
    if (!response.ok && response.status !== accept) {
      throw await ResponseError.fromResponse(response, method);
    }
    return response;
  }
}
