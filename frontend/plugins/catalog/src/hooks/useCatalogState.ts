import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { parseCatalogState, serializeCatalogState, type CatalogState } from '../lib/catalogState';

/** The table's state, kept in the URL. */
export function useCatalogState() {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => parseCatalogState(params), [params]);
  const setState = useCallback(
    (next: CatalogState, options?: { replace?: boolean }) => setParams(serializeCatalogState(next), options),
    [setParams],
  );
  return [state, setState] as const;
}
