import type { FetchApi } from '@callboard/core-plugin-api';

type Fetch = typeof fetch;

/** Stands between whoever fetches and the network. */
export interface FetchMiddleware {
  apply(next: Fetch): Fetch;
}

/** A `fetch` behind middlewares, of which the first sees a request first. What they set, a token above all, is not set on the caller's. */
export function createFetchApi(options: { baseImplementation?: Fetch; middleware?: FetchMiddleware | readonly FetchMiddleware[] } = {}): FetchApi {
  // Looked up for each request, since it may be replaced while the app runs.
  const { baseImplementation = (input, init) => fetch(input, init), middleware = [] } = options;
  const chain = [middleware].flat().reduceRight<Fetch>((next, one) => one.apply(next), baseImplementation);
  return { fetch: (input, init) => (input instanceof Request ? chain(new Request(input, init)) : chain(input, init)) };
}
