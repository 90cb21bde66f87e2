import { useStoredState } from '@callboard/core-components';
import { useMemo } from 'react';

const NONE: string[] = [];

/** The entities a person has starred, the latest last. */
export function useStarredEntities() {
  const [refs, setRefs] = useStoredState('starredEntities', 'entityRefs', NONE);
  return useMemo(
    () => ({
      starredEntities: refs,
      isStarred: (ref: string) => refs.includes(ref),
      toggleStarred: (ref: string) =>
        setRefs(current => (current.includes(ref) ? current.filter(other => other !== ref) : [...current, ref])),
    }),
    [refs, setRefs],
  );
}
