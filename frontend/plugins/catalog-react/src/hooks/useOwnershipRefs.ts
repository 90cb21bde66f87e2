import { identityApiRef, useApi } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';

const NONE: string[] = [];

/** What the signed-in person owns through: themselves and their groups; undefined until it is known who that is. */
export function useOwnershipRefs(): readonly string[] | undefined {
  const identityApi = useApi(identityApiRef);
  const { data: identity, isError } = useQuery({
    queryKey: ['identity', 'user'],
    queryFn: () => identityApi.getBackstageIdentity(),
  });
  return isError ? NONE : identity?.ownershipEntityRefs;
}
