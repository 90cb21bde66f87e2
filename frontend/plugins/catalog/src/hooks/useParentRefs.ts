import { type Entity } from '@callboard/catalog-model';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';

/** What an entity belongs to by the relations that are named, and what that belongs to, the outer one first. */
export function useParentRefs(entity: Entity | undefined, relationTypes: readonly string[] = []): string[] {
  const catalogApi = useApi(catalogApiRef);
  const parent = parentRef(entity, relationTypes);
  const { data } = useQuery({
    queryKey: ['catalog', 'parent', parent, relationTypes],
    enabled: parent !== undefined,
    queryFn: async ({ signal }) => {
      const { items } = await catalogApi.getEntitiesByRefs({ entityRefs: parent ? [parent] : [], fields: ['relations'] }, { signal });
      return { parent: parentRef(items[0], relationTypes) };
    },
  });
  return [data?.parent, parent].filter(ref => ref !== undefined);
}

function parentRef(entity: Pick<Entity, 'relations'> | undefined, relationTypes: readonly string[]): string | undefined {
  const found = relationTypes.map(wanted => entity?.relations?.find(({ type }) => type === wanted));
  return found.find(relation => relation !== undefined)?.targetRef;
}
