import { fetchApiRef, useApi } from '@callboard/core-plugin-api';
import { useQueries } from '@tanstack/react-query';
import { suggestionsFor, type Suggestion } from '../lib/suggestions';
import type { SearchState } from '../lib/searchState';
import { searchQuery } from './useSearchResults';

/** Other questions that do find something, with how much. Those that cannot be counted are left out. */
export function useSuggestions(state: SearchState): (Suggestion & { count: number })[] {
  const fetchApi = useApi(fetchApiRef);
  const suggestions = suggestionsFor(state);
  const counted = useQueries({
    queries: suggestions.map(suggestion => searchQuery(fetchApi, { ...suggestion.state, pageLimit: 0 })),
  });
  return suggestions.flatMap((suggestion, index) => {
    const count = counted[index]?.data?.numberOfResults ?? 0;
    return count > 0 ? [{ ...suggestion, count }] : [];
  });
}
