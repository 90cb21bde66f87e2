import type { QueryEntitiesRequest } from '@callboard/catalog-client';
import { alertApiRef, errorApiRef, useApi, useApiHolder } from '@callboard/core-plugin-api';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { catalogApiRef } from '../../apis/catalogApi';
import { type EntityColumn } from '../../components/EntityTable';
import { useMessages } from '../../translation';
import { exportEntities } from '../lib/exportEntities';

/** Gives the person a file of everything that a request selects. */
export function useCsvExport() {
  const messages = useMessages();
  const apis = useApiHolder();
  const catalogApi = useApi(catalogApiRef);
  const alertApi = useApi(alertApiRef);
  const errorApi = useApi(errorApiRef);
  const abort = useRef<AbortController>(undefined);
  const [progress, setProgress] = useState({ done: 0, total: 0 });
  useEffect(() => () => abort.current?.abort(), []);

  const { mutate, isPending } = useMutation({
    mutationFn: ({ request, columns }: { request: QueryEntitiesRequest; columns: readonly EntityColumn[]; fileName: string }) => {
      abort.current = new AbortController();
      setProgress({ done: 0, total: 0 });
      return exportEntities(catalogApi, request, columns, {
        apis,
        texts: messages.export,
        signal: abort.current.signal,
        onProgress: (done, total) => setProgress({ done, total }),
      });
    },
    onSuccess: (csv, { fileName }) => {
      save(csv, fileName);
      alertApi.post({ message: messages.export.done(fileName), severity: 'success', display: 'transient' });
    },
    onError: error => {
      if (!abort.current?.signal.aborted) {
        errorApi.post(error);
      }
    },
  });
  return { start: mutate, isPending, progress, cancel: () => abort.current?.abort() };
}

/** Hands text to the browser as a file to keep. */
function save(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
