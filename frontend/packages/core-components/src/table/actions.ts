import type { ReactNode } from 'react';
import type { TableAction } from './tableTypes';

/** An action of rows; as a function, what it is for one row. */
export type RowAction<T> = TableAction<T> | ((row: T) => TableAction<T>);

/** What can be done with a table and its rows; or, as anything else, what stands in its head. */
export type TableActionsProp<T> = ReactNode | readonly RowAction<T>[];

/** What can be done, by where it stands. */
export interface PlacedActions<T> {
  /** With each row. */
  ofRows: RowAction<T>[];
  /** In the head, with the rows that are shown. */
  free: TableAction<readonly T[]>[];
  /** In the head while rows are selected, with those. */
  ofSelection: TableAction<readonly T[]>[];
}

/** Sorts actions by where they stand; none where `actions` is not a list of them. */
export function placeActions<T>(actions: TableActionsProp<T>, hasSelection: boolean): PlacedActions<T> | undefined {
  if (!isActionList<T>(actions)) {
    return undefined;
  }
  const placed: PlacedActions<T> = { ofRows: [], free: [], ofSelection: [] };
  for (const action of actions) {
    if (typeof action === 'function' || action.position === 'row') {
      placed.ofRows.push(action);
    } else if (action.isFreeAction || action.position === 'toolbar') {
      placed.free.push(action as TableAction<unknown>);
    } else if (hasSelection || action.position === 'toolbarOnSelect') {
      placed.ofSelection.push(action as TableAction<unknown>);
    } else {
      placed.ofRows.push(action);
    }
  }
  return placed;
}

function isActionList<T>(actions: TableActionsProp<T>): actions is readonly RowAction<T>[] {
  return Array.isArray(actions) && actions.every(one => typeof one === 'function' || (typeof one === 'object' && one !== null && 'onClick' in one));
}
