import type { AuthorizeResult, EvaluatePermissionRequest, FetchApi } from '@callboard/core-plugin-api';

/** Asks the portal for permissions, all by one request; the results stand in the order of the questions. */
export async function askPermissions(
  fetchApi: FetchApi,
  requests: readonly EvaluatePermissionRequest[],
  signal?: AbortSignal,
): Promise<(AuthorizeResult | undefined)[]> {
  const response = await fetchApi.fetch('plugin://permission/authorize', {
    method: 'POST',
    body: JSON.stringify({ items: requests.map((request, id) => ({ id: String(id), ...request })) }),
    headers: { 'content-type': 'application/json' },
    signal,
  });
  if (!response.ok) {
    throw Object.assign(new Error(`The portal answered ${response.status} when it was asked for permissions`), { status: response.status });
  }
  const { items } = (await response.json()) as { items: { id: string; result: AuthorizeResult }[] };
  const results = new Map(items.map(({ id, result }) => [id, result]));
  return requests.map((_, id) => results.get(String(id)));
}
