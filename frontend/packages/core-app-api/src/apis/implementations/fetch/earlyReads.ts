/** What was begun longer ago may have changed since, and is asked for anew. */
const LONGEST_MS = 10_000;

const reads = new Map<string, { response: Promise<Response | undefined>; begun: number }>();

/** Keeps what was asked for before the app was there, until somebody asks for the same. Without an answer it is asked for anew. */
export function keepEarlyRead(request: { url: string; body?: string }, response: Promise<Response | undefined>): void {
  reads.set(keyOf(request), { response: response.catch(() => undefined), begun: performance.now() });
}

/** The answer to a request, where it was asked for already; each answer is for one. */
export async function takeEarlyRead(request: Request): Promise<Response | undefined> {
  if (reads.size === 0 || !['GET', 'POST'].includes(request.method)) {
    return undefined;
  }
  const key = keyOf({ url: request.url, body: request.body ? await request.clone().text() : undefined });
  const read = reads.get(key);
  reads.delete(key);
  return read && performance.now() - read.begun < LONGEST_MS ? read.response : undefined;
}

/** What has a body is a POST. */
function keyOf({ url, body = '' }: { url: string; body?: string }): string {
  return `${url} ${body}`;
}
