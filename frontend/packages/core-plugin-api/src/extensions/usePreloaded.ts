import { startTransition, useEffect, useState, type ReactElement } from 'react';
import { preloadExtension } from './extensions';

/** What takes longer than that shall not keep the others waiting. */
const PATIENCE_MS = 1000;

/**
 * Whether what some extensions are made of is there. Shown together from then on, they do not push each other about as
 * one after the other comes.
 */
export function usePreloaded(elements: readonly ReactElement[]): boolean {
  const types = elements.map(({ type }) => type);
  const [loaded, setLoaded] = useState<readonly unknown[]>([]);
  const isLoaded = types.every(type => loaded.includes(type));
  useEffect(() => {
    if (isLoaded) {
      return;
    }
    const show = () => startTransition(() => setLoaded(types));
    const patience = setTimeout(show, PATIENCE_MS);
    let isWanted = true;
    void Promise.all(types.map(preloadExtension)).then(() => isWanted && show());
    return () => {
      isWanted = false;
      clearTimeout(patience);
    };
  });
  return isLoaded;
}
