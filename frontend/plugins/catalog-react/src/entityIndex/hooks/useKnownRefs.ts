import { useMemo } from 'react';
import { useOwnershipRefs } from '../../hooks/useOwnershipRefs';
import { useStarredEntities } from '../../hooks/useStarredEntities';
import type { KnownRefs } from '../lib/selection';

/** What the signed-in person owns through and has starred; undefined until it is known who that is. */
export function useKnownRefs(): KnownRefs | undefined {
  const owned = useOwnershipRefs();
  const { starredEntities } = useStarredEntities();
  return useMemo(() => owned && { owned, starred: [...starredEntities] }, [owned, starredEntities]);
}
