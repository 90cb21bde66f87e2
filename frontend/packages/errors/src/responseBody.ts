import type { SerializedError } from './serialization';

/** A response whose body has been read already. */
export type ConsumedResponse = Pick<Response, 'headers' | 'ok' | 'redirected' | 'status' | 'statusText' | 'type' | 'url'>;

/** A response with its body still to be read. */
export type UnreadResponse = ConsumedResponse & { text(): Promise<string> };

/** What a portal answers where it answers with an error. */
export type ErrorResponseBody = {
  error: SerializedError;
  /** What was asked. */
  request?: { method: string; url: string };
  response: { statusCode: number };
};

/** Reads the body of a response that is no success. One that says nothing of that kind is told by its status. */
export async function parseErrorResponseBody(response: UnreadResponse): Promise<ErrorResponseBody> {
  const { status, statusText } = response;
  const body = await readJson(response);
  const message = body?.error?.message || `The server answered ${status} ${statusText}`.trim();
  return { ...body, error: { ...body?.error, name: body?.error?.name ?? 'Error', message }, response: { statusCode: status } };
}

async function readJson(response: UnreadResponse): Promise<{ error?: Partial<SerializedError>; request?: ErrorResponseBody['request'] } | undefined> {
  if (!response.headers.get('content-type')?.startsWith('application/json')) {
    return undefined;
  }
  try {
    const { error, request } = JSON.parse(await response.text());
    return typeof error?.message === 'string' ? { error, request } : undefined;
  } catch {
    return undefined;
  }
}
