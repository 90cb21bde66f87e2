import { startTransition, useEffect, useState, type ReactElement } from 'react';
import { preloadExtension } from './extensions';

/** What takes longer than that shall not keep the others waiting. */
const PATIENCE_MS = 1000;

/**
 * How many of some extensions to show by now: the `first` ones at once, the others from the first to the last when what
 * all of them are made of is there. So none pushes another about as it comes, and none keeps the processor for long.
 */
export function useRevealed(elements: readonly ReactElement[], first = 0): number {
  const [shown, setShown] = useState(first);
  const [areThere, setThere] = useState(false);
  const [initial] = useState(elements);
  useEffect(() => {
    const patience = setTimeout(() => setThere(true), PATIENCE_MS);
    void Promise.all(initial.map(({ type }) => preloadExtension(type))).then(() => {
      clearTimeout(patience);
      setThere(true);
    });
    return () => clearTimeout(patience);
  }, [initial]);
  const isMore = areThere && shown < elements.length;
  useEffect(() => {
    if (isMore) {
      startTransition(() => setShown(shown + 1));
    }
  }, [isMore, shown]);
  return shown;
}
