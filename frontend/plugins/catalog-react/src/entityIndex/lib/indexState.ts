import type { EntityOrder } from '../../components/EntityTable';
import { DEFAULT_KIND, kindOfAddress } from './kindOfAddress';

/** The facets one can filter by, and the entity's key behind each. */
export const FACETS = {
  type: 'spec.type',
  owner: 'relations.ownedBy',
  lifecycle: 'spec.lifecycle',
  tag: 'metadata.tags',
  namespace: 'metadata.namespace',
} as const;

export type FacetName = keyof typeof FACETS;
export const FACET_NAMES = Object.keys(FACETS) as FacetName[];

/** Facets that mean something only within a kind. */
export const KIND_FACETS: readonly FacetName[] = ['type', 'lifecycle'];

/** What may be wrong with an entity, and filtered by. */
export const STATUS_NAMES = ['error', 'orphan'] as const;
export type StatusName = (typeof STATUS_NAMES)[number];

export const LIST_NAMES = ['all', 'owned', 'starred'] as const;
export type ListName = (typeof LIST_NAMES)[number];

export const PAGE_SIZES = [20, 50, 100] as const;
export const DEFAULT_PAGE_SIZE = 50;
export const DEFAULT_SORT: EntityOrder = { field: 'metadata.name', order: 'asc' };

/** What the table shows. All of it is in the URL, so that a view can be shared and gone back to. */
export interface IndexState {
  /** In lower case; undefined means every kind. */
  kind: string | undefined;
  list: ListName;
  facets: Record<FacetName, string[]>;
  /** Of several, one must hold. */
  statuses: StatusName[];
  text: string;
  sort: EntityOrder;
  pageSize: number;
  /** The ids of the columns; undefined for those the person has chosen before, or else those of the kind. */
  columns: string[] | undefined;
  /** Where the page starts; undefined on the first, and where it would be too long for an address. */
  cursor: string | undefined;
  /** The number of the page's first row, which a cursor does not tell. */
  from: number;
}

/** What a page of entities begins with where its address says nothing. */
export interface IndexStart {
  /** In lower case; the kind too of addresses that say only other things. */
  kind?: string;
  /** What one owns stands for everything where one owns nothing. */
  list?: ListName;
  namespaces?: readonly string[];
}

/** A cursor holds the question; one of a long list of entities is too long for an address, and `from` stands for it. */
const MAX_CURSOR_LENGTH = 1_500;

const UPSTREAM_NAMES: Record<FacetName, string> = {
  type: 'type',
  owner: 'owners',
  lifecycle: 'lifecycles',
  tag: 'tags',
  namespace: 'namespace',
};

const OWN_NAMES: readonly string[] = ['kind', 'list', ...FACET_NAMES, 'status', 'q', 'sort', 'size', 'columns', 'cursor', 'from'];

/** Whether a query string says nothing of what the table shows, so that it begins as the page begins. */
export function isStartOf(params: URLSearchParams): boolean {
  return ![...params.keys()].some(key => OWN_NAMES.includes(key) || key.startsWith('filters['));
}

/**
 * Reads the state out of a query string; the kind only where it is not fixed. Bookmarks of a Backstage catalog
 * (`filters[kind]=…`) are understood too.
 */
export function parseIndexState(params: URLSearchParams, fixedKind?: string, start: IndexStart = {}): IndexState {
  const list = params.get('list') ?? params.get('filters[user]');
  const pageSize = Number(params.get('size'));
  const columns = params.get('columns')?.split(',').filter(Boolean);
  const cursor = params.get('cursor') ?? undefined;
  const facets = Object.fromEntries(
    FACET_NAMES.map(name => [name, [...params.getAll(name), ...upstreamValues(params, UPSTREAM_NAMES[name])]]),
  ) as Record<FacetName, string[]>;
  const isStart = isStartOf(params);
  if (isStart && start.namespaces) {
    facets.namespace = [...start.namespaces];
  }
  return {
    kind: fixedKind ?? kindOfAddress(params, start.kind),
    list: LIST_NAMES.find(name => name === list) ?? (isStart ? start.list : undefined) ?? 'all',
    facets,
    statuses: STATUS_NAMES.filter(
      name => params.getAll('status').includes(name) || params.get(`filters[${name}]`) === 'true',
    ),
    text: params.get('q') ?? params.get('filters[text]') ?? '',
    sort: parseSort(params.get('sort')),
    pageSize: PAGE_SIZES.find(size => size === pageSize) ?? DEFAULT_PAGE_SIZE,
    columns: columns?.length ? columns : undefined,
    cursor,
    from: Math.max(1, Math.trunc(Number(params.get('from'))) || 1),
  };
}

/** Writes the state as a query string that leaves out what goes without saying, but never says nothing for another than the start. */
export function serializeIndexState(state: IndexState, fixedKind?: string, start: IndexStart = {}): URLSearchParams {
  const params = new URLSearchParams();
  const set = (key: string, value: string, unless: string) => value !== unless && params.set(key, value);
  set('kind', state.kind ?? 'all', fixedKind ?? start.kind ?? DEFAULT_KIND);
  set('list', state.list, 'all');
  for (const name of FACET_NAMES) {
    state.facets[name].forEach(value => params.append(name, value));
  }
  state.statuses.forEach(value => params.append('status', value));
  set('q', state.text, '');
  set('sort', formatSort(state.sort), formatSort(DEFAULT_SORT));
  set('size', String(state.pageSize), String(DEFAULT_PAGE_SIZE));
  if (state.columns) {
    params.set('columns', state.columns.join(','));
  }
  if (state.cursor && state.cursor.length <= MAX_CURSOR_LENGTH) {
    params.set('cursor', state.cursor);
  }
  set('from', String(state.from), '1');
  const startsWithMore = (start.list ?? 'all') !== 'all' || (start.namespaces?.length ?? 0) > 0;
  if (startsWithMore && isStartOf(params)) {
    params.set('list', state.list);
  }
  return params;
}

/** The state with some of it changed, back on the first page. */
export function changeState(state: IndexState, change: Partial<IndexState>): IndexState {
  return { ...state, cursor: undefined, from: 1, ...change };
}

/** The state for another kind; what only meant something for the old one is gone. */
export function changeKind(state: IndexState, kind: string | undefined): IndexState {
  const facets = { ...state.facets };
  KIND_FACETS.forEach(name => (facets[name] = []));
  return changeState(state, { kind, facets, sort: DEFAULT_SORT, columns: undefined });
}

/** The state with a value of a facet added or taken away. */
export function toggleFacet(state: IndexState, name: FacetName, value: string): IndexState {
  const lower = value.toLowerCase();
  const others = state.facets[name].filter(one => one.toLowerCase() !== lower);
  const values = others.length < state.facets[name].length ? others : [...others, value];
  return changeState(state, { facets: { ...state.facets, [name]: values } });
}

/** The state with a status added or taken away. */
export function toggleStatus(state: IndexState, name: StatusName): IndexState {
  const statuses = STATUS_NAMES.filter(one => state.statuses.includes(one) !== (one === name));
  return changeState(state, { statuses });
}

/** Whether anything narrows the table beyond its kind. */
export function isFiltered(state: IndexState): boolean {
  return state.text !== '' || state.statuses.length > 0 || FACET_NAMES.some(name => state.facets[name].length > 0);
}

/** The state without its filters. */
export function clearFilters(state: IndexState): IndexState {
  const facets = Object.fromEntries(FACET_NAMES.map(name => [name, []])) as unknown as IndexState['facets'];
  return changeState(state, { facets, statuses: [], text: '' });
}

function parseSort(text: string | null): EntityOrder {
  if (!text) {
    return DEFAULT_SORT;
  }
  return text.startsWith('-') ? { field: text.slice(1), order: 'desc' } : { field: text, order: 'asc' };
}

function formatSort({ field, order }: EntityOrder): string {
  return order === 'desc' ? `-${field}` : field;
}

function upstreamValues(params: URLSearchParams, name: string): string[] {
  return [...params]
    .filter(([key]) => key === `filters[${name}]` || key.startsWith(`filters[${name}][`))
    .map(([, value]) => value)
    .filter(value => value !== 'all');
}
