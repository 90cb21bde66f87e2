// The Callboard under test: its address, a client for it, and plain requests to it.
import { CatalogClient } from '@backstage/catalog-client';

const address = process.env.CALLBOARD_URL;
if (!address) {
  throw new Error('CALLBOARD_URL names the Callboard to test, for example http://localhost:7007');
}

export const baseUrl = address.replace(/\/$/, '');

/**
 * Set when the tests run against the original instead, to see that they ask for nothing it does not do. What Callboard does otherwise on
 * purpose is left out then: `test(name, deliberateDifference, ...)`.
 */
export const isReference = process.env.CALLBOARD_REFERENCE === '1';
export const deliberateDifference = { skip: isReference && 'Callboard differs from the original here, on purpose' };

/** A guest's token, as a browser gets it; nothing where no guest may sign in or nobody needs to. */
async function signIn() {
  const response = await fetch(`${baseUrl}/api/auth/guest/refresh`, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
  if (!response.ok) {
    return undefined;
  }
  return (await response.json()).backstageIdentity?.token;
}

const token = process.env.CALLBOARD_TOKEN ?? (await signIn());

function fetchAsCaller(input, init = {}) {
  const headers = new Headers(init.headers);
  if (token && !headers.has('Authorization')) {
    headers.set('Authorization', `Bearer ${token}`);
  }
  return fetch(input, { ...init, headers });
}

/** The published client, exactly as another backend or a frontend would set it up. */
export const catalog = new CatalogClient({
  discoveryApi: { getBaseUrl: async pluginId => `${baseUrl}/api/${pluginId}` },
  fetchApi: { fetch: fetchAsCaller },
});

/** A request below `/api/catalog` that the client would not make; `body` is sent as JSON unless it is a string. */
export function request(method, path, body) {
  return fetchAsCaller(`${baseUrl}/api/catalog${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'object' ? JSON.stringify(body) : body,
  });
}
