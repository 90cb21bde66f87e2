import { fetchApiRef, useApi } from '@callboard/core-plugin-api';
import { ResponseError } from '@callboard/errors';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

/** A browser in which the person is signed in. */
export interface Session {
  id: string;
  provider: string;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  userAgent: string | null;
  address: string | null;
  isCurrent: boolean;
}

/** A way to sign in. */
export interface Provider {
  id: string;
  title: string;
  kind: string;
}

const SESSIONS = ['auth', 'sessions'];

/** The person's own sessions, the one used last first. */
export function useSessions() {
  const list = useList<Session>('sessions');
  return useQuery({ queryKey: SESSIONS, queryFn: ({ signal }) => list(signal) });
}

/** The ways to sign in that the portal offers. */
export function useProviders() {
  const list = useList<Provider>('providers');
  return useQuery({ queryKey: ['auth', 'providers'], queryFn: ({ signal }) => list(signal) });
}

/** Revokes one session by its id, or all but the current one. */
export function useRevokeSessions() {
  const fetchApi = useApi(fetchApiRef);
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (which: { id: string } | 'others') => {
      const path = which === 'others' ? 'sessions' : `sessions/${encodeURIComponent(which.id)}`;
      const response = await fetchApi.fetch(`plugin://auth/v1/${path}`, { method: 'DELETE' });
      if (!response.ok) {
        throw await ResponseError.fromResponse(response, 'DELETE');
      }
    },
    // Also after a failure: the session may be gone already.
    onSettled: () => queryClient.invalidateQueries({ queryKey: SESSIONS }),
  });
}

function useList<Item>(name: string): (signal: AbortSignal) => Promise<Item[]> {
  const fetchApi = useApi(fetchApiRef);
  return async signal => {
    const response = await fetchApi.fetch(`plugin://auth/v1/${name}`, { signal });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response, 'GET');
    }
    return ((await response.json()) as { items: Item[] }).items;
  };
}
