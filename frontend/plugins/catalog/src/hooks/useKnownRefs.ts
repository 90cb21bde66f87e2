import { identityApiRef, useApi } from '@callboard/core-plugin-api';
import { useStarredEntities } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { KnownRefs } from '../lib/selection';
import { useFailedEntities } from './useFailedEntities';

const NONE: string[] = [];

/**
 * What the signed-in person owns through and has starred, and what could not be processed; undefined until it is known who that
 * is. What failed counts as nothing while it is on its way.
 */
export function useKnownRefs(): KnownRefs | undefined {
  const identityApi = useApi(identityApiRef);
  const { starredEntities: starred } = useStarredEntities();
  const { data: identity, isError } = useQuery({
    queryKey: ['identity', 'user'],
    queryFn: () => identityApi.getBackstageIdentity(),
  });
  const failed = useFailedEntities().data ?? NONE;
  const owned = isError ? NONE : identity?.ownershipEntityRefs;
  return useMemo(() => owned && { owned, starred, failed }, [owned, starred, failed]);
}
