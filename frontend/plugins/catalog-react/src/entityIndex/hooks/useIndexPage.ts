import type { CatalogApi } from '@callboard/catalog-client';
import { useApi } from '@callboard/core-plugin-api';
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { catalogApiRef } from '../../apis/catalogApi';
import { fieldsOf, type EntityColumn } from '../../components/EntityTable';
import { PAGE_KEY } from '../lib/afterThePage';
import { DEFAULT_SORT, type IndexState } from '../lib/indexState';
import { NOBODY, requestOf, type KnownRefs } from '../lib/selection';

/** What is asked for one page of the table. */
export function pageQuery(catalogApi: CatalogApi, { state, known, columns }: PageOfTable) {
  const { cursor, from, pageSize: limit, sort } = state;
  const request = requestOf(state, known ?? NOBODY);
  const fields = fieldsOf(columns);
  const offset = cursor || from === 1 ? undefined : from - 1;
  return queryOptions({
    queryKey: [...PAGE_KEY, request, cursor, offset, limit, sort, fields],
    queryFn: ({ signal }) => catalogApi.queryEntities({ ...request, cursor, offset, limit, fields, orderFields: sort }, { signal }),
  });
}

/** Asks for a page that is about to be shown, so that its rows are on their way while the one before is drawn anew. */
export function usePageAhead() {
  const catalogApi = useApi(catalogApiRef);
  const queryClient = useQueryClient();
  return (page: PageOfTable) => {
    if (isKnown(page)) {
      void queryClient.prefetchQuery(pageQuery(catalogApi, page));
    }
  };
}

/** One page of the table. While another is on its way the last one stays. */
export function useIndexPage(shown: PageOfTable) {
  const catalogApi = useApi(catalogApiRef);
  const { state, known } = shown;
  const { sort } = state;
  const request = requestOf(state, known ?? NOBODY);

  const page = useQuery({ ...pageQuery(catalogApi, shown), enabled: isKnown(shown), placeholderData: keepPreviousData });

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

/** What of the catalog is asked for, for whom, and in which columns it is shown. */
export interface PageOfTable {
  state: IndexState;
  known: KnownRefs | undefined;
  columns: readonly EntityColumn[];
}

/** What one owns is not known before it is known who that is. */
function isKnown({ state, known }: PageOfTable): boolean {
  return Boolean(known) || state.list === 'all';
}
