/** What is searched for, as the page's address has it. */
export interface SearchState {
  term: string;
  kind: string;
  type: string;
  lifecycle: string;
  /** Where in the results the page begins; empty for the first. */
  cursor: string;
}

/** Reads the address. */
export function readSearchState(params: URLSearchParams): SearchState {
  const text = (name: string) => params.get(name) ?? '';
  return { term: text('q'), kind: text('kind'), type: text('type'), lifecycle: text('lifecycle'), cursor: text('cursor') };
}

/** Writes the address; what is not set is not in it. */
export function writeSearchState({ term, kind, type, lifecycle, cursor }: SearchState): URLSearchParams {
  const entries = Object.entries({ q: term, kind, type, lifecycle, cursor }).filter(([, value]) => value !== '');
  return new URLSearchParams(entries);
}

/** Another question. It begins at its first page, and another kind has other types and lifecycles. */
export function changeSearch(state: SearchState, change: Partial<Omit<SearchState, 'cursor'>>): SearchState {
  const ofKind = change.kind !== undefined && change.kind !== state.kind ? { type: '', lifecycle: '' } : {};
  return { ...state, ...ofKind, ...change, cursor: '' };
}

/** Whether anything is asked. */
export function isQuestion({ term, kind, type, lifecycle }: SearchState): boolean {
  return [term, kind, type, lifecycle].some(value => value.trim() !== '');
}
