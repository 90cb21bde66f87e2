import type { AddLocationResponse, AnalyzeLocationResponse, CatalogApi } from '@callboard/catalog-client';
import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';

/** What was found behind an address. */
export type Analysis =
  | { found: 'file'; target: string; exists: boolean; entities: Entity[] }
  | { found: 'files'; files: { target: string; isRegistered: boolean; entities: Entity[] }[] }
  | { found: 'nothing'; proposal: AnalyzeLocationResponse['generateEntities'][number]['entity'] | undefined };

/** What was registered. */
export interface Registered {
  entityRefs: string[];
}

/** Looks behind an address, then registers what is wanted of it. */
export function useImport() {
  const catalogApi = useApi(catalogApiRef);
  const queryClient = useQueryClient();
  const analysis = useMutation({ mutationFn: (target: string) => analyze(catalogApi, target) });
  const registration = useMutation({
    mutationFn: async (files: { target: string; entities: Entity[] }[]): Promise<Registered> => {
      for (const { target } of files) {
        await catalogApi.addLocation({ target, onConflict: 'refresh' });
      }
      return { entityRefs: files.flatMap(({ entities }) => entities.filter(isInteresting).map(stringifyEntityRef)) };
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['catalog'] }),
  });
  return { analysis, registration };
}

async function analyze(catalogApi: CatalogApi, target: string): Promise<Analysis> {
  if (isFile(target)) {
    const answer: AddLocationResponse = await catalogApi.addLocation({ target, dryRun: true });
    return { found: 'file', target, exists: answer.exists ?? false, entities: answer.entities.filter(isInteresting) };
  }
  const { existingEntityFiles, generateEntities } = await catalogApi.analyzeLocation(target);
  if (existingEntityFiles.length === 0) {
    return { found: 'nothing', proposal: generateEntities[0]?.entity };
  }
  const files = new Map<string, { target: string; isRegistered: boolean; entities: Entity[] }>();
  for (const { location, isRegistered, entity } of existingEntityFiles) {
    const file = files.get(location.target) ?? { target: location.target, isRegistered, entities: [] };
    file.entities.push(entity);
    files.set(location.target, file);
  }
  return { found: 'files', files: [...files.values()] };
}

function isFile(target: string): boolean {
  const { pathname, searchParams } = new URL(target);
  return /\.ya?ml$/i.test(pathname) || /\.ya?ml$/i.test(searchParams.get('path') ?? '');
}

/** The Location that the catalog makes for a registration is its own business. */
function isInteresting(entity: Entity): boolean {
  return !(entity.kind.toLowerCase() === 'location' && entity.metadata.name.startsWith('generated-'));
}
