import { fetchApiRef, useApi, type FetchApi } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';

const NONE: ReadonlySet<string> = new Set();

/** Which of some permissions the person has. None until that is known, and none where it cannot be asked. */
export function useAllowed(permissions: readonly string[]): ReadonlySet<string> {
  return useAnswer(permissions)?.allowed ?? NONE;
}

/**
 * Whether to offer what needs a permission, such as `catalog.entity.create`; undefined until that is known. Where it cannot be
 * asked what is offered must say no by its own means.
 */
export function useIsOffered(permission: string): boolean | undefined {
  const answer = useAnswer([permission]);
  return answer && (answer.allowed?.has(permission) ?? true);
}

/** What the portal answered; without `allowed` where it does not say. */
interface Answer {
  allowed?: ReadonlySet<string>;
}

function useAnswer(permissions: readonly string[]): Answer | undefined {
  const fetchApi = useApi(fetchApiRef);
  const names = [...new Set(permissions)].sort();
  const { data } = useQuery({
    queryKey: ['permissions', names],
    enabled: names.length > 0,
    staleTime: Infinity,
    queryFn: ({ signal }) => ask(fetchApi, names, signal),
  });
  return data;
}

async function ask(fetchApi: FetchApi, names: readonly string[], signal: AbortSignal): Promise<Answer> {
  const items = names.map(name => ({ id: name, permission: { type: 'basic', name, attributes: {} } }));
  const response = await fetchApi.fetch('plugin://permission/authorize', {
    method: 'POST',
    body: JSON.stringify({ items }),
    headers: { 'content-type': 'application/json' },
    signal,
  });
  if (!response.ok) {
    return {};
  }
  const answers = ((await response.json()) as { items: { id: string; result: string }[] }).items;
  return { allowed: new Set(answers.filter(({ result }) => result === 'ALLOW').map(({ id }) => id)) };
}
