import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { isStartOf, parseIndexState, serializeIndexState, type IndexStart, type IndexState } from '../lib/indexState';

/** The table's state, kept in the URL; with a kind that is not chosen where the page lists no other, and what it begins with. */
export function useIndexState(fixedKind?: string, start?: IndexStart) {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => parseIndexState(params, fixedKind, start), [params, fixedKind, start]);
  const setState = useCallback(
    (next: IndexState, options?: { replace?: boolean }) => setParams(serializeIndexState(next, fixedKind, start), options),
    [setParams, fixedKind, start],
  );
  return { state, setState, isStart: isStartOf(params) };
}
