import { fetchApiRef, useApi, type FetchApi } from '@callboard/core-plugin-api';
import { ResponseError } from '@callboard/errors';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { FILTER_NAMES, isQuestion, queryOf, type FilterName, type SearchState } from '../lib/searchState';

/** One thing that was found, as the portal's `/api/search/query` answers it. */
export interface SearchResult {
  type: string;
  document: {
    title: string;
    text: string;
    /** The path of its page, as Backstage has it. */
    location: string;
    kind?: string;
    type?: string;
    lifecycle?: string;
    owner?: string;
  };
  /** From 1 for the best match of all. */
  rank?: number;
  /** Fields of the document, with marks around what matches. */
  highlight?: { preTag: string; postTag: string; fields: Readonly<Record<string, string>> };
}

export interface SearchAnswer {
  results: SearchResult[];
  numberOfResults?: number;
  nextPageCursor?: string;
  previousPageCursor?: string;
  /** How many results there are of each value of a filter, whatever is chosen of that filter. Backstage's server does not count. */
  facets?: Readonly<Partial<Record<FilterName, { value: string; count: number }[]>>>;
}

/** What is asked for a page of what is found, and perhaps for counts of some filters' values. */
export function searchQuery(fetchApi: FetchApi, state: SearchState, counted: readonly FilterName[] = []) {
  const query = queryOf(state);
  counted.forEach((name, index) => query.append(`facets[${index}]`, name));
  return queryOptions({
    // What is found are entities: it is asked for again when the catalog changes.
    queryKey: ['catalog', 'search', query.toString()],
    queryFn: async ({ signal }) => {
      const response = await fetchApi.fetch(`plugin://search/query?${query}`, { signal });
      if (!response.ok) {
        throw await ResponseError.fromResponse(response, 'GET');
      }
      return (await response.json()) as SearchAnswer;
    },
  });
}

/** A page of what is found. Nothing is asked while there is no question. */
export function useSearchResults(state: SearchState) {
  return useQuery({ ...searchQuery(useApi(fetchApiRef), state, FILTER_NAMES), enabled: isQuestion(state), placeholderData: keepPreviousData });
}
