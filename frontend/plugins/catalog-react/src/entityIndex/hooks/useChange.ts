import { useRef } from 'react';
import { flushSync } from 'react-dom';
import type { IndexState } from '../lib/indexState';

/** Changes what the table shows. Where the state stays the same object nothing happens. */
export type ChangeIndex = (change: (state: IndexState) => IndexState, options?: { replace?: boolean }) => void;

/**
 * Changes what the table shows once `prepare` has had its turn: to draw the page anew takes longer than what is asked for
 * then. What is chosen until then goes on from what was chosen before, so that nothing is lost of it.
 */
export function useChange(
  state: IndexState,
  setState: (next: IndexState, options: { replace: boolean }) => void,
  prepare: (next: IndexState) => void,
): ChangeIndex {
  const chosen = useRef<{ next: IndexState; replace: boolean }>(undefined);
  return (change, { replace = false } = {}) => {
    const waiting = chosen.current;
    const before = waiting?.next ?? state;
    const next = change(before);
    if (next === before) {
      return;
    }
    prepare(next);
    const current = { next, replace: replace && waiting?.replace !== false };
    if (waiting) {
      Object.assign(waiting, current);
      return;
    }
    chosen.current = current;
    setTimeout(() => {
      chosen.current = undefined;
      // At once, or what is chosen right after would go on from the page as it was.
      flushSync(() => setState(current.next, { replace: current.replace }));
    });
  };
}
