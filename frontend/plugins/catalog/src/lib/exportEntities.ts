import type { CatalogApi, QueryEntitiesRequest, QueryEntitiesResponse } from '@callboard/catalog-client';
import { DEFAULT_NAMESPACE, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { TABLE_FIELDS, type EntityColumn } from '@callboard/plugin-catalog-react';
import type { Messages } from '../translation';
import { toCsv } from './csv';

const PAGE = 1_000;

/** Everything that a request selects, not only a page of it, as CSV with the columns of a table. */
export async function exportEntities(
  catalogApi: CatalogApi,
  request: QueryEntitiesRequest,
  columns: readonly EntityColumn[],
  options: { texts: Messages['export']; signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<string> {
  const shown = columns.flatMap(({ id, title, text }) => (text && id !== 'kind' && id !== 'namespace' ? { title, text } : []));
  const { signal, onProgress } = options;
  const heads = options.texts.columns;
  const rows = [[heads.ref, heads.kind, heads.namespace, heads.name, heads.title, ...shown.map(({ title }) => title)]];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const page: QueryEntitiesResponse = await catalogApi.queryEntities(
      { ...request, cursor, limit: PAGE, fields: TABLE_FIELDS },
      { signal },
    );
    for (const entity of page.items) {
      const ref = stringifyEntityRef(entity);
      // An order by a field of several values repeats an entity.
      if (!seen.has(ref)) {
        seen.add(ref);
        rows.push([...identity(entity, ref), ...shown.map(({ text }) => text(entity))]);
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
