import { useStoredState } from '@callboard/core-components';
import { useEntityColumns, type EntityColumn } from '@callboard/plugin-catalog-react';
import type { CatalogState } from '../lib/catalogState';

const NONE: Record<string, string[]> = {};

/**
 * The columns of the table: those that the address names, or that the person chose for the kind before, or that mean something
 * for it. A choice is kept for the person and stands in the address, so that a view can be shared.
 */
export function useColumns(
  state: CatalogState,
  hasNamespaces: boolean,
  onChange: (state: CatalogState, options: { replace: boolean }) => void,
) {
  const [stored, setStored] = useStoredState('catalog', 'columns', NONE);
  const all = useEntityColumns();
  const key = state.kind ?? 'all';
  const ids = state.columns ?? stored[key];
  const chosen = ids && all.chosen(state.kind, ids);
  // Names that mean nothing are no choice; none at all is one.
  const isChosen = chosen !== undefined && (chosen.length > 0 || ids?.length === 0);
  const columns: EntityColumn[] = isChosen ? chosen : all.usual(state.kind, hasNamespaces);

  const choose = (next: string[] | undefined) => {
    setStored(({ [key]: _before, ...others }) => (next ? { ...others, [key]: next } : others));
    onChange({ ...state, columns: next }, { replace: true });
  };
  return { columns, isChosen, choose };
}
