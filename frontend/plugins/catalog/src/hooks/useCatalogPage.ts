import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DEFAULT_SORT, type CatalogState } from '../lib/catalogState';
import { NOBODY, selectionOf, TEXT_FIELDS, type PersonalRefs } from '../lib/selection';

/** The members of an entity that the table shows; a hub's thousands of relations are not among them. */
const FIELDS = [
  'kind',
  ...['name', 'namespace', 'title', 'description', 'tags'].map(field => `metadata.${field}`),
  ...['type', 'lifecycle', 'owner', 'system', 'domain', 'profile', 'target', 'targets'].map(field => `spec.${field}`),
];

/** One page of the table. While another is on its way the last one stays. */
export function useCatalogPage(state: CatalogState, personal: PersonalRefs | undefined) {
  const catalogApi = useApi(catalogApiRef);
  const { cursor, pageSize: limit, sort } = state;
  const request = {
    ...selectionOf(state, personal ?? NOBODY),
    ...(state.text && { fullText: { term: state.text, fields: TEXT_FIELDS } }),
  };
  const needsPersonal = state.list !== 'all';

  const page = useQuery({
    queryKey: ['catalog', 'page', request, cursor, limit, sort],
    enabled: Boolean(personal) || !needsPersonal,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      catalogApi.queryEntities({ ...request, cursor, limit, fields: FIELDS, orderBy: sort }, { signal }),
  });

  // An order leaves out what has no value for it. Say so instead of letting the count shrink without a word.
  const byName = sort.field === DEFAULT_SORT.field;
  const unsorted = useQuery({
    queryKey: ['catalog', 'count', request],
    enabled: !byName && Boolean(page.data),
    queryFn: ({ signal }) => catalogApi.queryEntities({ ...request, limit: 0 }, { signal }),
  });
  const hidden = byName || !page.data ? 0 : Math.max(0, (unsorted.data?.totalItems ?? 0) - page.data.totalItems);
  return { ...page, hidden };
}
