/** What was begun longer ago may have changed since, and is asked for anew. */
const LONGEST_MS = 10_000;

const reads = new Map<string, { response: Promise<Response | undefined>; begun: number }>();

/** Keeps what was asked for before the app was there, until somebody asks for the same. Without an answer it is asked for anew. */
export function keepEarlyRead(url: string, response: Promise<Response | undefined>): void {
  reads.set(url, { response: response.catch(() => undefined), begun: performance.now() });
}

/** The answer to a request, where it was asked for already; each answer is for one. */
export async function takeEarlyRead({ method, url }: Request): Promise<Response | undefined> {
  const read = method === 'GET' ? reads.get(url) : undefined;
  reads.delete(url);
  return read && performance.now() - read.begun < LONGEST_MS ? read.response : undefined;
}
