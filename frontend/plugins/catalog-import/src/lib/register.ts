import type { CatalogApi } from '@callboard/catalog-client';
import { stringifyEntityRef } from '@callboard/catalog-model';
import type { FoundFile } from './analyze';

/** How the registration of a file went. */
export interface Registration {
  file: FoundFile;
  entityRefs: string[];
  error?: Error;
}

/** Registers files one after the other; one that fails keeps no other from being registered. A registered one is read again. */
export async function registerFiles(catalogApi: CatalogApi, files: readonly FoundFile[]): Promise<Registration[]> {
  const registrations: Registration[] = [];
  for (const file of files) {
    try {
      await catalogApi.addLocation({ target: file.target, onConflict: 'refresh' });
      registrations.push({ file, entityRefs: file.entities.map(stringifyEntityRef) });
    } catch (error) {
      registrations.push({ file, entityRefs: [], error: error as Error });
    }
  }
  return registrations;
}
