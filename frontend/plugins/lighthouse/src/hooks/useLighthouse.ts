import { alertApiRef, useApi } from '@callboard/core-plugin-api';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lighthouseApiRef } from '../api/LighthouseApi';
import type { Website } from '../api/types';
import { useMessages } from '../translation';

const WATCHED_MS = 5000;

const isRunning = (website: Website | undefined) => website?.lastAudit.status === 'RUNNING';

/** A page of websites, read again while one of them is audited. */
export function useWebsites(request: { limit: number; offset: number }) {
  const api = useApi(lighthouseApiRef);
  return useQuery({
    queryKey: ['lighthouse', 'websites', request],
    queryFn: ({ signal }) => api.listWebsites(request, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? WATCHED_MS : false),
  });
}

/** A website by its address; `website` is undefined when it was never audited. */
export function useWebsite(url: string) {
  const api = useApi(lighthouseApiRef);
  return useQuery({
    queryKey: ['lighthouse', 'website', url],
    // A query may not result in undefined, which is what absence is.
    queryFn: async ({ signal }) => ({ website: await api.getWebsite(url, { signal }) }),
    refetchInterval: ({ state }) => (isRunning(state.data?.website) ? WATCHED_MS : false),
  });
}

/** The website that an audit belongs to. */
export function useWebsiteByAudit(auditId: string) {
  const api = useApi(lighthouseApiRef);
  return useQuery({
    queryKey: ['lighthouse', 'website-by-audit', auditId],
    enabled: auditId !== '',
    queryFn: ({ signal }) => api.getWebsiteByAudit(auditId, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.audits.some(({ status }) => status === 'RUNNING') ? WATCHED_MS : false),
  });
}

/** Deletes or cancels an audit. */
export function useAuditAction(onDone?: () => void) {
  const messages = useMessages();
  const api = useApi(lighthouseApiRef);
  const alertApi = useApi(alertApiRef);
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, action }: { id: string; action: 'delete' | 'cancel' }): Promise<void> => {
      await (action === 'delete' ? api.deleteAudit(id) : api.cancelAudit(id));
    },
    onSuccess: async (_, { action }) => {
      if (action === 'delete') {
        alertApi.post({ message: messages.audit.removed, severity: 'success', display: 'transient' });
      }
      onDone?.();
      await queryClient.invalidateQueries({ queryKey: ['lighthouse'] });
    },
  });
}
