import type { CatalogApi, QueryEntitiesRequest, QueryEntitiesResponse } from '@callboard/catalog-client';
import { DEFAULT_NAMESPACE, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import type { ApiHolder } from '@callboard/core-plugin-api';
import { fieldsOf, type EntityColumn } from '../../components/EntityTable';
import type { Messages } from '../../translation';
import { toCsv } from './csv';

const PAGE = 1_000;

/** Everything that a request selects, not only a page of it, as CSV with the columns of a table. */
export async function exportEntities(
  catalogApi: CatalogApi,
  request: QueryEntitiesRequest,
  columns: readonly EntityColumn[],
  options: { apis: ApiHolder; texts: Messages['export']; signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<string> {
  const shown = columns.filter(hasText).filter(({ id }) => id !== 'kind' && id !== 'namespace');
  const { apis, signal, onProgress } = options;
  const heads = options.texts.columns;
  const rows = [[heads.ref, heads.kind, heads.namespace, heads.name, heads.title, ...shown.map(({ title }) => title)]];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const page: QueryEntitiesResponse = await catalogApi.queryEntities(
      { ...request, cursor, limit: PAGE, fields: fieldsOf(columns) },
      { signal },
    );
    const values = await Promise.all(shown.map(column => valuesOf(column, page.items, { apis, signal })));
    for (const entity of page.items) {
      const ref = stringifyEntityRef(entity);
      // An order by a field of several values repeats an entity.
      if (!seen.has(ref)) {
        seen.add(ref);
        rows.push([...identity(entity, ref), ...shown.map(({ text }, index) => text(entity, values[index]?.get(ref)))]);
      }
    }
    onProgress(seen.size, page.totalItems);
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  return toCsv(rows);
}

function identity(entity: Entity, ref: string): string[] {
  const { namespace = DEFAULT_NAMESPACE, name, title = '' } = entity.metadata;
  return [ref, entity.kind, namespace, name, title];
}

type TextColumn = EntityColumn & Required<Pick<EntityColumn, 'text'>>;

function hasText(column: EntityColumn): column is TextColumn {
  return column.text !== undefined;
}

/** What a column reads of entities. A file that lacks what it should have looks complete, so it is not made then. */
async function valuesOf({ title, values }: TextColumn, entities: readonly Entity[], options: { apis: ApiHolder; signal: AbortSignal }) {
  try {
    return await values?.(options.apis, entities, { signal: options.signal });
  } catch (cause) {
    throw new Error(`${title}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
