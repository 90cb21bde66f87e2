import { createApiRef } from '../ApiRef';

/** A `fetch` that signs in to the portal's own backend and resolves `plugin://<id>/path`. */
export interface FetchApi {
  fetch: typeof fetch;
}

export const fetchApiRef = createApiRef<FetchApi>({ id: 'core.fetch' });
