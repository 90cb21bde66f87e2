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
      toggleStarred: (ref: string) => {
        // What the person sees is what they change, whatever is starred elsewhere meanwhile.
        const others = (current: string[]) => current.filter(other => other !== ref);
        setRefs(refs.includes(ref) ? others : current => [...others(current), ref]);
      },
    }),
    [refs, setRefs],
  );
}
