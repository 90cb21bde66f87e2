import { identityApiRef, useApi } from '@callboard/core-plugin-api';
import { useStarredEntities } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PersonalRefs } from '../lib/selection';

/** What the signed-in person owns through and has starred; undefined until it is known. */
export function usePersonalRefs(): PersonalRefs | undefined {
  const identityApi = useApi(identityApiRef);
  const { starredEntities } = useStarredEntities();
  const { data: identity, isError } = useQuery({
    queryKey: ['identity', 'user'],
    queryFn: () => identityApi.getBackstageIdentity(),
  });
  const owned = isError ? NOBODY : identity?.ownershipEntityRefs;
  return useMemo(() => owned && { owned, starred: starredEntities }, [owned, starredEntities]);
}

const NOBODY: string[] = [];
