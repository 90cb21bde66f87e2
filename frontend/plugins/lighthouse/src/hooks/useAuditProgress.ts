import { useApi } from '@callboard/core-plugin-api';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { lighthouseApiRef } from '../api/LighthouseApi';
import type { AuditStage } from '../api/types';

/** How far a running audit is, as the service tells it. When it has ended everything is read again. */
export function useAuditProgress(auditId: string): { percent: number; stage: AuditStage | undefined } {
  const api = useApi(lighthouseApiRef);
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState<{ percent: number; stage: AuditStage | undefined }>({ percent: 0, stage: undefined });

  useEffect(() => {
    const controller = new AbortController();
    const watch = async () => {
      try {
        await api.watchAudit(
          auditId,
          ({ stage }, percent) => setProgress(before => ({ stage, percent: Math.max(before.percent, percent) })),
          controller.signal,
        );
      } catch {
        // Without the stream the page still reads the audit again every few seconds.
        return;
      }
      if (!controller.signal.aborted) {
        await queryClient.invalidateQueries({ queryKey: ['lighthouse'] });
      }
    };
    void watch();
    return () => controller.abort();
  }, [api, auditId, queryClient]);

  return progress;
}
