import type { AddLocationResponse, AnalyzeLocationResponse, CatalogApi } from '@callboard/catalog-client';
import { ANNOTATION_LOCATION, type Entity } from '@callboard/catalog-model';
import { inTurns } from '@callboard/core-components';

/** A descriptor file, as a dry run found it: read and checked, and nothing stored. */
export interface FoundFile {
  target: string;
  isRegistered: boolean;
  /** In the order of the file, then what it leads to. */
  entities: Entity[];
  /** Why it cannot be registered. */
  error?: Error;
}

/** What was found behind an address. */
export type Analysis =
  | { found: 'file'; file: FoundFile }
  | { found: 'files'; files: FoundFile[] }
  | { found: 'nothing'; proposal: AnalyzeLocationResponse['generateEntities'][number]['entity'] | undefined };

/** So many files of a repository are checked at a time. */
const AT_ONCE = 3;

/** Looks behind an address: at the file, or for files in the repository. Fails with the catalog's words for a file that it refuses. */
export async function analyze(catalogApi: CatalogApi, target: string): Promise<Analysis> {
  if (isFile(target)) {
    return { found: 'file', file: await dryRun(catalogApi, target) };
  }
  const { existingEntityFiles, generateEntities } = await catalogApi.analyzeLocation({ location: { type: 'url', target } });
  if (existingEntityFiles.length === 0) {
    return { found: 'nothing', proposal: generateEntities[0]?.entity };
  }
  const found = new Map<string, FoundFile>();
  for (const { location, isRegistered, entity } of existingEntityFiles) {
    const file = found.get(location.target) ?? { target: location.target, isRegistered, entities: [] };
    file.entities.push(entity);
    found.set(location.target, file);
  }
  const files = [...found.values()];
  await inTurns(files, AT_ONCE, async (file, index) => {
    try {
      files[index] = await dryRun(catalogApi, file.target);
    } catch (error) {
      files[index] = { ...file, error: error as Error };
    }
  });
  return { found: 'files', files };
}

async function dryRun(catalogApi: CatalogApi, target: string): Promise<FoundFile> {
  const answer: AddLocationResponse = await catalogApi.addLocation({ target, dryRun: true });
  return { target, isRegistered: answer.exists ?? false, entities: inOrderOf(target, answer.entities.filter(isInteresting)) };
}

/** The catalog lists the last of a file first, and what a Location leads to right after it, as Backstage does. */
function inOrderOf(target: string, entities: Entity[]): Entity[] {
  const inOrder = [...entities].reverse();
  const isOfTarget = ({ metadata }: Entity) => metadata.annotations?.[ANNOTATION_LOCATION] === `url:${target}`;
  return [...inOrder.filter(isOfTarget), ...inOrder.filter(entity => !isOfTarget(entity))];
}

/** The files of what was found. */
export function filesOf(analysis: Analysis): FoundFile[] {
  switch (analysis.found) {
    case 'file':
      return [analysis.file];
    case 'files':
      return analysis.files;
    case 'nothing':
      return [];
  }
}

/** Whether a text is an address that files can be read from. */
export function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isFile(target: string): boolean {
  const { pathname, searchParams } = new URL(target);
  return /\.ya?ml$/i.test(pathname) || /\.ya?ml$/i.test(searchParams.get('path') ?? '');
}

/** The Location that the catalog makes for a registration is its own business. */
function isInteresting(entity: Entity): boolean {
  return !(entity.kind.toLowerCase() === 'location' && entity.metadata.name.startsWith('generated-'));
}
