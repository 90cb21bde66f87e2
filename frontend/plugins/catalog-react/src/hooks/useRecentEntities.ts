import { useStoredState } from '@callboard/core-components';
import { useCallback } from 'react';

const NONE: string[] = [];
const MAX_RECENT = 10;

/** The entities a person has looked at, the latest first. */
export function useRecentEntities() {
  const [recent, setRecent] = useStoredState('recentEntities', 'entityRefs', NONE);
  const addRecent = useCallback(
    (ref: string) =>
      setRecent(current =>
        current[0] === ref ? current : [ref, ...current.filter(other => other !== ref)].slice(0, MAX_RECENT),
      ),
    [setRecent],
  );
  return { recent, addRecent };
}
