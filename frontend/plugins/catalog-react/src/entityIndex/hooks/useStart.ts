import { useApi } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { catalogApiRef } from '../../apis/catalogApi';
import type { IndexState } from '../lib/indexState';
import type { KnownRefs } from '../lib/selection';
import { pageQuery, type PageOfTable } from './useIndexPage';

/** What one begins with: `failed` as long as it could not be found out, which shows why. */
type Outcome = 'owned' | 'all' | 'failed';

/**
 * What is shown where a page may begin with what one owns: that, or everything for who owns nothing. While it is not decided
 * nobody is known, so that nothing is asked. Once it is settled it stays, or a table would turn into another while one looks at it.
 */
export function useStart(read: IndexState, person: KnownRefs | undefined, isStart: boolean) {
  const [outcome, setOutcome] = useState<Outcome>();
  const isOpen = isStart && read.list === 'owned';
  const state: IndexState = isOpen && outcome === 'all' ? { ...read, list: 'all' } : read;
  const isDecided = !isOpen || outcome !== undefined;
  const isSettled = !isOpen || outcome === 'owned' || outcome === 'all';
  return { state, known: isDecided ? person : undefined, isDecided, decision: { isSettled, outcome, setOutcome } };
}

/**
 * Finds out whether one owns anything. Everything is asked for at once: to wait for the one before asking for the other would
 * keep everybody waiting who owns nothing.
 */
export function useDecision(page: PageOfTable, { isSettled, outcome, setOutcome }: ReturnType<typeof useStart>['decision']): void {
  const catalogApi = useApi(catalogApiRef);
  const { state, known } = page;
  const ownsNone = known?.owned.length === 0;
  const owned = useQuery({ ...pageQuery(catalogApi, page), enabled: !isSettled && known !== undefined && !ownsNone });
  useQuery({
    ...pageQuery(catalogApi, { ...page, state: { ...state, list: 'all' } }),
    enabled: !isSettled && outcome !== 'failed',
    notifyOnChangeProps: [],
  });
  const next: Outcome | undefined = ownsNone || owned.data?.totalItems === 0 ? 'all' : owned.data ? 'owned' : owned.error ? 'failed' : undefined;
  if (!isSettled && next && next !== outcome) {
    setOutcome(next);
  }
}
