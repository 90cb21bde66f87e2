import { errorApiRef, useApi } from '@callboard/core-plugin-api';
import { useEffect } from 'react';

/** Shows what went wrong where nobody waited for it to end: without it only the browser's console has it. */
export function UnhandledErrors() {
  const errorApi = useApi(errorApiRef);
  useEffect(() => {
    const report = ({ reason }: PromiseRejectionEvent) => {
      // What was given up on purpose, say because one left the page, is no error.
      if ((reason as Partial<Error> | undefined)?.name !== 'AbortError') {
        errorApi.post(reason instanceof Error ? reason : new Error(String(reason)));
      }
    };
    window.addEventListener('unhandledrejection', report);
    return () => window.removeEventListener('unhandledrejection', report);
  }, [errorApi]);
  return undefined;
}
