import { useApi } from '@callboard/core-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { catalogApiRef } from '../apis/catalogApi';
import { entityTitle, PRESENTATION_FIELDS } from '../entities/presentation';

/** What is known of some entities that others refer to. */
export interface ReferencedEntities {
  /** The entity's title, once it is known. */
  title(ref: string): string | undefined;
  /** True while the entity has not been looked up yet, so that its title may still change. */
  isPending(ref: string): boolean;
  /** True once it is certain that the catalog does not have it. */
  isMissing(ref: string): boolean;
}

/** Looks up entities by their references in one request, for their titles and to see which exist. */
export function useEntitiesByRefs(refs: readonly string[]): ReferencedEntities {
  const catalogApi = useApi(catalogApiRef);
  const wanted = [...new Set(refs.map(ref => ref.toLowerCase()))].sort();
  const { data, isError } = useQuery({
    queryKey: ['catalog', 'by-refs', wanted],
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { items } = await catalogApi.getEntitiesByRefs({ entityRefs: wanted, fields: PRESENTATION_FIELDS }, { signal });
      return new Map(wanted.map((ref, index) => [ref, items[index]]));
    },
  });
  return useMemo(
    () => ({
      title: ref => {
        const entity = data?.get(ref.toLowerCase());
        return entity && entityTitle(entity);
      },
      isPending: ref => !isError && !data?.has(ref.toLowerCase()),
      isMissing: ref => Boolean(data?.has(ref.toLowerCase()) && !data.get(ref.toLowerCase())),
    }),
    [data, isError],
  );
}
