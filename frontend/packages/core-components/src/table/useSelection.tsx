import { useState } from 'react';
import type { DataColumn } from '../data/DataTable';
import { useMessages } from '../translation';

/**
 * Lets rows be chosen, and makes the column to do that by. Those that are not there any more are not chosen either. `keyOf` says what a row
 * is known by when it comes as another object.
 */
export function useSelection<T>(
  rows: readonly T[],
  nameOf: (row: T) => string,
  keyOf: (row: T) => unknown,
  onChange: ((selected: T[], row?: T) => void) | undefined,
): { selected: T[]; column: DataColumn<T> } {
  const text = useMessages().table;
  const [chosen, setChosen] = useState<ReadonlySet<unknown>>(new Set());
  const selected = rows.filter(row => chosen.has(keyOf(row)));
  const change = (next: T[], row?: T) => {
    setChosen(new Set(next.map(keyOf)));
    onChange?.(next, row);
  };
  const areAll = rows.length > 0 && selected.length === rows.length;
  const column: DataColumn<T> = {
    id: 'selection',
    title: text.selected,
    width: '44px',
    head: <input type="checkbox" aria-label={text.selectAll} checked={areAll} onChange={() => change(areAll ? [] : [...rows])} />,
    render: row => {
      const others = selected.filter(other => other !== row);
      const isSelected = others.length < selected.length;
      return (
        <input
          type="checkbox"
          aria-label={text.select(nameOf(row))}
          checked={isSelected}
          onChange={() => change(isSelected ? others : [...selected, row], row)}
        />
      );
    },
  };
  return { selected, column };
}
