import { useStoredState } from '@callboard/core-components';
import { useMemo } from 'react';
import { useEntityColumns } from '../../components/EntityTable';
import type { IndexState } from '../lib/indexState';

const NONE: Record<string, string[]> = {};

/**
 * The columns of the table: those that the address names, or that the person chose for the kind before, or that mean something
 * for it. A choice is kept for the person and stands in the address, so that a view can be shared.
 */
export function useColumns(
  state: IndexState,
  hasNamespaces: boolean,
  onChange: (state: IndexState, options: { replace: boolean }) => void,
) {
  const [stored, setStored] = useStoredState('catalog', 'columns', NONE);
  const all = useEntityColumns();
  const { kind } = state;
  const key = kind ?? 'all';
  const named = namesOf(state, stored);
  // The same columns as long as nothing of them changes, so that rows stay as they are.
  const { columns, isChosen } = useMemo(() => choiceOf(all, { kind, named, hasNamespaces }), [all, kind, named, hasNamespaces]);

  const choose = (next: string[] | undefined) => {
    setStored(({ [key]: _before, ...others }) => (next ? { ...others, [key]: next } : others));
    onChange({ ...state, columns: next }, { replace: true });
  };
  const columnsOf = (other: IndexState) => choiceOf(all, { kind: other.kind, named: namesOf(other, stored), hasNamespaces }).columns;
  return { columns, isChosen, choose, columnsOf };
}

function namesOf({ columns, kind = 'all' }: IndexState, stored: Record<string, string[]>): string | undefined {
  return (columns ?? stored[kind])?.join();
}

/** The columns that are named. Names that mean nothing are no choice; none at all is one. */
function choiceOf(
  all: ReturnType<typeof useEntityColumns>,
  { kind, named, hasNamespaces }: { kind: string | undefined; named: string | undefined; hasNamespaces: boolean },
) {
  const chosen = named === undefined ? undefined : all.chosen(kind, named.split(','));
  return chosen && (chosen.length > 0 || named === '')
    ? { columns: chosen, isChosen: true }
    : { columns: all.usual(kind, hasNamespaces), isChosen: false };
}
