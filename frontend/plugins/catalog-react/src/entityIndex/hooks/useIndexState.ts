import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { parseIndexState, serializeIndexState, type IndexState } from '../lib/indexState';

/** The table's state, kept in the URL; with a kind that is not chosen where the page lists no other. */
export function useIndexState(fixedKind?: string) {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => parseIndexState(params, fixedKind), [params, fixedKind]);
  const setState = useCallback(
    (next: IndexState, options?: { replace?: boolean }) => setParams(serializeIndexState(next, fixedKind), options),
    [setParams, fixedKind],
  );
  return [state, setState] as const;
}
