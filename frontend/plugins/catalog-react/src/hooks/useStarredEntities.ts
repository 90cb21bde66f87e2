import { useStoredState } from '@callboard/core-components';
import { useMemo } from 'react';
import { refOf, type EntityOrRef } from '../entityOrRef';
import { STARS } from '../starredEntities';

const NONE: string[] = [];

/** The entities a person has starred, the latest last. */
export function useStarredEntities() {
  const [refs, setRefs] = useStoredState(STARS.bucket, STARS.key, NONE);
  return useMemo(() => {
    const starredEntities: ReadonlySet<string> = new Set(refs);
    return {
      starredEntities,
      isStarredEntity: (entityOrRef: EntityOrRef) => starredEntities.has(refOf(entityOrRef)),
      toggleStarredEntity: (entityOrRef: EntityOrRef) => {
        const ref = refOf(entityOrRef);
        // What the person sees is what they change, whatever is starred elsewhere meanwhile.
        const others = (current: string[]) => current.filter(other => other !== ref);
        setRefs(starredEntities.has(ref) ? others : current => [...others(current), ref]);
      },
    };
  }, [refs, setRefs]);
}

/** The same of one entity. */
export function useStarredEntity(entityOrRef: EntityOrRef) {
  const { isStarredEntity, toggleStarredEntity } = useStarredEntities();
  return { isStarredEntity: isStarredEntity(entityOrRef), toggleStarredEntity: () => toggleStarredEntity(entityOrRef) };
}
