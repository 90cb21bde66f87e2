import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { useApi } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { catalogApiRef } from '../apis/catalogApi';

/** The entities that an entity's relations lead to: of one type of relation, and of one kind, where that is asked for. */
export function useRelatedEntities(
  entity: Entity,
  { type, kind }: { type?: string; kind?: string },
): { entities: Entity[] | undefined; loading: boolean; error: Error | undefined } {
  const catalogApi = useApi(catalogApiRef);
  const prefix = kind && `${kind.toLowerCase()}:`;
  const entityRefs = [
    ...new Set(
      (entity.relations ?? [])
        .filter(relation => !type || relation.type.toLowerCase() === type.toLowerCase())
        .map(({ targetRef }) => targetRef)
        .filter(ref => !prefix || ref.toLowerCase().startsWith(prefix)),
    ),
  ];
  const { data, error, isLoading } = useQuery({
    queryKey: ['catalog', 'related-entities', stringifyEntityRef(entity), entityRefs],
    enabled: entityRefs.length > 0,
    queryFn: async ({ signal }) => {
      const { items } = await catalogApi.getEntitiesByRefs({ entityRefs }, { signal });
      return items.filter(item => item !== undefined);
    },
  });
  return { entities: entityRefs.length === 0 ? [] : data, loading: isLoading, error: error ?? undefined };
}
