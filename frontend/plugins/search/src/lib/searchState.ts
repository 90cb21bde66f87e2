/** What results are filtered by. Of several values of one, one must hold. */
export const FILTER_NAMES = ['kind', 'type', 'lifecycle'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

export const PAGE_LIMITS = [10, 25, 50, 100] as const;

/** What is searched for where an address does not say: `search.query.pageLimit` and `search.defaultType` of the configuration. */
export interface SearchDefaults {
  pageLimit: number;
  types: readonly string[];
}

/** Reads the defaults, each from its key of the configuration. */
export function searchDefaults(pageLimit: number | undefined, type: string | undefined): SearchDefaults {
  return { pageLimit: PAGE_LIMITS.find(limit => limit === pageLimit) ?? 25, types: type ? [type] : [] };
}

/** What is searched for, as the page's address has it. */
export interface SearchState {
  term: string;
  /** Types of documents, such as `software-catalog`; none are all. */
  types: readonly string[];
  /** In lower case, each once. */
  filters: Readonly<Record<FilterName, readonly string[]>>;
  /** Where in the results the page begins; empty for the first. */
  cursor: string;
  pageLimit: number;
}

/** Reads the address: by Backstage's names, or by the short ones that links are written with by hand. */
export function readSearchState(params: URLSearchParams, defaults: SearchDefaults): SearchState {
  const valuesAt = (name: string) => [...params].filter(([key]) => key === name || key.startsWith(`${name}[`)).map(([, value]) => value);
  const pageLimit = Number(params.get('pageLimit'));
  const types = valuesAt('types');
  return {
    term: params.get('query') ?? params.get('q') ?? '',
    types: types.length > 0 ? types : defaults.types,
    filters: filtersOf(name => {
      const values = [name, `filters[${name}]`].flatMap(valuesAt).map(value => value.toLowerCase());
      return [...new Set(values)].filter(value => value.trim() !== '');
    }),
    cursor: params.get('pageCursor') ?? params.get('cursor') ?? '',
    pageLimit: PAGE_LIMITS.find(limit => limit === pageLimit) ?? defaults.pageLimit,
  };
}

/** Writes the address; what is not set is not in it. */
export function writeSearchState({ term, types, filters, cursor, pageLimit }: SearchState, defaults: SearchDefaults): URLSearchParams {
  const params = new URLSearchParams();
  if (term !== '') {
    params.set('query', term);
  }
  if (types.join() !== defaults.types.join()) {
    types.forEach(type => params.append('types[]', type));
  }
  for (const name of FILTER_NAMES) {
    filters[name].forEach(value => params.append(`filters[${name}][]`, value));
  }
  if (cursor !== '') {
    params.set('pageCursor', cursor);
  }
  if (pageLimit !== defaults.pageLimit) {
    params.set('pageLimit', String(pageLimit));
  }
  return params;
}

/** What the server is asked, in the form of Backstage's client. */
export function queryOf({ term, types, filters, cursor, pageLimit }: SearchState): URLSearchParams {
  const query = new URLSearchParams({ term: term.trim() });
  types.forEach((type, index) => query.append(`types[${index}]`, type));
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
