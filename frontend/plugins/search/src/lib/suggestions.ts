import { changeSearch, clearFilters, isFiltered, type SearchState } from './searchState';

/** Another question that may find something, and what sets it apart: fewer words, or no filters. */
export interface Suggestion {
  kind: 'term' | 'unfiltered';
  term: string;
  state: SearchState;
}

const MOST_WORDS = 4;
/** A beginning shorter than this finds anything. */
const SHORTEST = 3;

/** What to ask instead of a question that found nothing: the same without filters, each word alone, and the beginning of a word. */
export function suggestionsFor(state: SearchState): Suggestion[] {
  const words = [...new Set(state.term.trim().split(/\s+/))].filter(Boolean);
  const beginning = words.length === 1 && words[0] ? beginningOf(words[0]) : undefined;
  const terms = words.length > 1 ? words.slice(0, MOST_WORDS) : beginning ? [beginning] : [];
  return [
    ...(isFiltered(state) && words.length > 0 ? [{ kind: 'unfiltered' as const, term: state.term.trim(), state: clearFilters(state) }] : []),
    ...terms.map(term => ({ kind: 'term' as const, term, state: changeSearch(state, { term }) })),
  ];
}

/** The first part of a name of several, or the first half of a word. */
function beginningOf(word: string): string | undefined {
  const [part = ''] = word.split(/[-_./:]/);
  const beginning = part.length < word.length ? part : word.slice(0, Math.ceil(word.length / 2));
  return beginning.length >= SHORTEST && beginning !== word ? beginning : undefined;
}
