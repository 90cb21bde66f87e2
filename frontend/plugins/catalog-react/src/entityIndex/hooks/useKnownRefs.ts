import { identityApiRef, useApi } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStarredEntities } from '../../hooks/useStarredEntities';
import type { KnownRefs } from '../lib/selection';

const NONE: string[] = [];

/** What the signed-in person owns through and has starred; undefined until it is known who that is. */
export function useKnownRefs(): KnownRefs | undefined {
  const identityApi = useApi(identityApiRef);
  const { starredEntities: starred } = useStarredEntities();
  const { data: identity, isError } = useQuery({
    queryKey: ['identity', 'user'],
    queryFn: () => identityApi.getBackstageIdentity(),
  });
  const owned = isError ? NONE : identity?.ownershipEntityRefs;
  return useMemo(() => owned && { owned, starred }, [owned, starred]);
}
