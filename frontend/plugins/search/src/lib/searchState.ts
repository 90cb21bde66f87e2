/** What results are filtered by. Of several values of one, one must hold. */
export const FILTER_NAMES = ['kind', 'type', 'lifecycle'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

export const PAGE_LIMITS = [10, 25, 50, 100] as const;
export const DEFAULT_PAGE_LIMIT = 25;

/** What is searched for, as the page's address has it. */
export interface SearchState {
  term: string;
  /** In lower case, each once. */
  filters: Readonly<Record<FilterName, readonly string[]>>;
  /** Where in the results the page begins; empty for the first. */
  cursor: string;
  pageLimit: number;
}

/** Reads the address: by Backstage's names, or by the short ones that links are written with by hand. */
export function readSearchState(params: URLSearchParams): SearchState {
  const valuesOf = (name: FilterName) =>
    [...params].filter(([key]) => key === name || key === `filters[${name}]` || key.startsWith(`filters[${name}][`)).map(([, value]) => value.toLowerCase());
  const pageLimit = Number(params.get('pageLimit'));
  return {
    term: params.get('query') ?? params.get('q') ?? '',
    filters: filtersOf(name => [...new Set(valuesOf(name))].filter(value => value.trim() !== '')),
    cursor: params.get('pageCursor') ?? params.get('cursor') ?? '',
    pageLimit: PAGE_LIMITS.find(limit => limit === pageLimit) ?? DEFAULT_PAGE_LIMIT,
  };
}

/** Writes the address; what is not set is not in it. */
export function writeSearchState({ term, filters, cursor, pageLimit }: SearchState): URLSearchParams {
  const params = new URLSearchParams();
  if (term !== '') {
    params.set('query', term);
  }
  for (const name of FILTER_NAMES) {
    filters[name].forEach(value => params.append(`filters[${name}][]`, value));
  }
  if (cursor !== '') {
    params.set('pageCursor', cursor);
  }
  if (pageLimit !== DEFAULT_PAGE_LIMIT) {
    params.set('pageLimit', String(pageLimit));
  }
  return params;
}

/** What the server is asked, in the form of Backstage's client. */
export function queryOf({ term, filters, cursor, pageLimit }: SearchState): URLSearchParams {
  const query = new URLSearchParams({ term: term.trim() });
  for (const name of FILTER_NAMES) {
    filters[name].forEach((value, index) => query.append(`filters[${name}][${index}]`, value));
  }
  if (cursor !== '') {
    query.set('pageCursor', cursor);
  }
  query.set('pageLimit', String(pageLimit));
  return query;
}

/** Another question, or another size of page. It begins at its first page. */
export function changeSearch(state: SearchState, change: Partial<Omit<SearchState, 'cursor'>>): SearchState {
  return { ...state, ...change, cursor: '' };
}

/** The question with a value of a filter added or taken away. Other kinds have other types. */
export function toggleFilter(state: SearchState, name: FilterName, value: string): SearchState {
  const before = state.filters[name];
  const values = before.includes(value) ? before.filter(one => one !== value) : [...before, value];
  return changeSearch(state, { filters: { ...state.filters, ...(name === 'kind' && { type: [] }), [name]: values } });
}

/** The question without its filters. */
export function clearFilters(state: SearchState): SearchState {
  return changeSearch(state, { filters: filtersOf(() => []) });
}

/** Whether anything is filtered by. */
export function isFiltered({ filters }: SearchState): boolean {
  return FILTER_NAMES.some(name => filters[name].length > 0);
}

/** Whether anything is asked. */
export function isQuestion(state: SearchState): boolean {
  return state.term.trim() !== '' || isFiltered(state);
}

function filtersOf(values: (name: FilterName) => string[]): SearchState['filters'] {
  return { kind: values('kind'), type: values('type'), lifecycle: values('lifecycle') };
}
