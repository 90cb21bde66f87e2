import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '../../apis';
import { fieldsOf, type EntityColumn } from '../../components/EntityTable';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DEFAULT_SORT, type IndexState } from '../lib/indexState';
import { NOBODY, requestOf, type KnownRefs } from '../lib/selection';

/** One page of the table. While another is on its way the last one stays. */
export function useIndexPage(state: IndexState, known: KnownRefs | undefined, columns: readonly EntityColumn[]) {
  const catalogApi = useApi(catalogApiRef);
  const { cursor, from, pageSize: limit, sort } = state;
  const request = requestOf(state, known ?? NOBODY);
  const fields = fieldsOf(columns);
  const offset = cursor || from === 1 ? undefined : from - 1;

  const page = useQuery({
    queryKey: ['catalog', 'page', request, cursor, offset, limit, sort, fields],
    enabled: Boolean(known) || state.list === 'all',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      catalogApi.queryEntities({ ...request, cursor, offset, limit, fields, orderBy: sort }, { signal }),
  });

  // An order leaves out what has no value for it. Say so instead of letting the count shrink without a word.
  const byName = sort.field === DEFAULT_SORT.field;
  const unsorted = useQuery({
    queryKey: ['catalog', 'count', request],
    enabled: !byName && Boolean(page.data),
    queryFn: ({ signal }) => catalogApi.queryEntities({ ...request, limit: 0 }, { signal }),
  });
  const hidden = byName || !page.data ? 0 : Math.max(0, (unsorted.data?.totalItems ?? 0) - page.data.totalItems);
  const { data, isPlaceholderData, error, refetch } = page;
  return { data, isPlaceholderData, error, refetch, hidden };
}
