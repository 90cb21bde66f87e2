import { useApi } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { catalogApiRef } from '../../apis';
import type { IndexState, ListName } from '../lib/indexState';
import type { KnownRefs } from '../lib/selection';
import { pageQuery, type PageOfTable } from './useIndexPage';

/**
 * What is shown where a page may begin with what one owns: that, or everything for who owns nothing. While it is not decided
 * nobody is known, so that nothing is asked. Once decided it stays, or a table would turn into another while one looks at it.
 */
export function useStart(read: IndexState, person: KnownRefs | undefined, isStart: boolean) {
  const [list, decide] = useState<ListName>();
  const isOpen = isStart && read.list === 'owned';
  const shown = isOpen && list ? { ...read, list } : read;
  const isDecided = !isOpen || list !== undefined;
  return { state: shown, known: isDecided ? person : undefined, isDecided, decide };
}

/**
 * Finds out whether one owns anything. Everything is asked for at once: to wait for the one before asking for the other would
 * keep everybody waiting who owns nothing.
 */
export function useDecision(page: PageOfTable, isDecided: boolean, decide: (list: ListName) => void): void {
  const catalogApi = useApi(catalogApiRef);
  const { state, known } = page;
  const ownsNone = known?.owned.length === 0;
  const owned = useQuery({ ...pageQuery(catalogApi, page), enabled: !isDecided && known !== undefined && !ownsNone });
  useQuery({ ...pageQuery(catalogApi, { ...page, state: { ...state, list: 'all' } }), enabled: !isDecided, notifyOnChangeProps: [] });
  if (!isDecided && (ownsNone || owned.data || owned.error)) {
    decide(ownsNone || owned.data?.totalItems === 0 ? 'all' : 'owned');
  }
}
