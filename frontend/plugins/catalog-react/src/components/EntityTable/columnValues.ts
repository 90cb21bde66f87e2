import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { useApiHolder, type ApiHolder } from '@callboard/core-plugin-api';
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { EntityValues } from '../../extensions';
import type { EntityColumn } from './columns';

/** So many entities are asked for at once. */
const AT_ONCE = 100;

type Values = ReadonlyMap<string, unknown>;

/** What a column has read of the rows in view. */
export interface ColumnValues {
  /** By the references of the entities; undefined while they are on their way. */
  values?: Values;
  error?: Error;
}

type AskingColumn = EntityColumn & Required<Pick<EntityColumn, 'values'>>;
const asks = (column: EntityColumn): column is AskingColumn => column.values !== undefined;

/** What columns show beside what entities say themselves, by the ids of the columns. Each is asked once for all rows. */
export function useColumnValues(
  columns: readonly EntityColumn[],
  entities: readonly Entity[] | undefined,
): Readonly<Record<string, ColumnValues>> {
  const apis = useApiHolder();
  const asking = useMemo(() => columns.filter(asks), [columns]);
  // Versions rather than rows: a key is compared at every turn, and rows are long.
  const versions = useMemo(() => entities?.map(entity => `${stringifyEntityRef(entity)} ${entity.metadata.etag}`), [entities]);
  return useQueries({
    queries: asking.map(({ id, values }) => ({
      // The plugin comes first, so that what it reads anew is read anew here too.
      queryKey: [id.split('/')[0], 'entity-column', id, versions],
      enabled: entities !== undefined,
      queryFn: ({ signal }: { signal: AbortSignal }) => values(apis, entities ?? [], { signal }),
    })),
    combine: useCallback(
      (results: UseQueryResult<Values>[]) =>
        Object.fromEntries(asking.map(({ id }, index) => [id, { values: results[index]?.data, error: results[index]?.error ?? undefined }])),
      [asking],
    ),
  });
}

/** The values of entities by their references, as a plugin's column reads them. */
export async function loadValues(
  { deps, load }: EntityValues,
  { apis, entities, signal }: { apis: ApiHolder; entities: readonly Entity[]; signal?: AbortSignal },
): Promise<Values> {
  const found = Object.fromEntries(Object.entries(deps).map(([name, ref]) => [name, apis.get(ref)]));
  const missing = Object.keys(deps).find(name => found[name] === undefined);
  if (missing) {
    throw new Error(`No implementation available for apiRef{${deps[missing]?.id}}`);
  }
  const values = new Map<string, unknown>();
  for (let start = 0; start < entities.length; start += AT_ONCE) {
    const some = entities.slice(start, start + AT_ONCE);
    const read = await load(found, some, { signal });
    if (read.length !== some.length) {
      throw new Error(`${read.length} values were read of ${some.length} entities`);
    }
    some.forEach((entity, index) => values.set(stringifyEntityRef(entity), read[index]));
  }
  return values;
}
