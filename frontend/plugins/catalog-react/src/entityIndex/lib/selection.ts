import {
  filterToPredicate,
  type EntitySelection,
  type FilterSet,
  type Predicate,
  type QueryEntitiesRequest,
} from '@callboard/catalog-client';
import { ANNOTATION_ORPHAN, tryParse } from '@callboard/catalog-model';
import { FACET_NAMES, FACETS, KIND_FACETS, type IndexState, type FacetName, type StatusName } from './indexState';

/** Which entities the lists "owned" and "starred" stand for. */
export interface KnownRefs {
  owned: readonly string[];
  starred: readonly string[];
}

/** Stands in while it is not known who is signed in. */
export const NOBODY: KnownRefs = { owned: [], starred: [] };

/** The fields that typing in the table searches. */
export const TEXT_FIELDS = ['metadata.name', 'metadata.title', 'spec.profile.displayName'];

/** What the statuses of the filter ask for. Beside Callboard's no catalog filters by what it could not process. */
export const STATUS_FILTERS: Record<StatusName, FilterSet> = {
  error: { 'status.items.level': 'error' },
  orphan: { [`metadata.annotations.${ANNOTATION_ORPHAN}`]: 'true' },
};

/** Matches nothing, for lists that are known to be empty. */
export const NOTHING: FilterSet = { 'metadata.name': '' };

/** Which entities the state selects, as a filter where one can say it and as a predicate where only that can. */
export function selectionOf(state: IndexState, known: KnownRefs, without: readonly FacetName[] = []): EntitySelection {
  const { list, statuses } = state;
  if ((list === 'owned' && known.owned.length === 0) || (list === 'starred' && known.starred.length === 0)) {
    return { filter: NOTHING };
  }

  const filter: Record<string, string | readonly string[]> = {};
  const predicates: Predicate[] = [];
  if (state.kind) {
    filter.kind = state.kind;
  }
  for (const name of FACET_NAMES) {
    const values = state.facets[name];
    if (values.length > 0 && !without.includes(name)) {
      filter[FACETS[name]] = values;
    }
  }
  if (list === 'owned' && filter[FACETS.owner]) {
    predicates.push(filterToPredicate({ [FACETS.owner]: known.owned }));
  } else if (list === 'owned') {
    filter[FACETS.owner] = known.owned;
  }
  if (list === 'starred') {
    predicates.push({ $any: anyOf(known.starred) });
  }
  const [status, ...more] = statuses.map(name => STATUS_FILTERS[name]);
  if (status && more.length > 0) {
    predicates.push({ $any: [status, ...more].map(filterToPredicate) });
  } else {
    Object.assign(filter, status);
  }
  if (predicates.length > 0) {
    return { query: { $all: [filterToPredicate(filter), ...predicates] } };
  }
  return Object.keys(filter).length > 0 ? { filter } : {};
}

/** What is asked for the state: the selection, and the text in it. */
export function requestOf(state: IndexState, known: KnownRefs): QueryEntitiesRequest {
  return {
    ...selectionOf(state, known),
    ...(state.text && { fullTextFilter: { term: state.text, fields: TEXT_FIELDS } }),
  };
}

/** The same for the kind picker: how many of each kind one would see after choosing it. */
export function kindSelectionOf(state: IndexState, known: KnownRefs): EntitySelection {
  return selectionOf({ ...state, kind: undefined }, known, KIND_FACETS);
}

/** Predicates of which one holds for each of the entities: one for each kind and namespace, since a request has a largest size. */
export function anyOf(refs: readonly string[]): Predicate[] {
  const groups = new Map<string, { kind: string; namespace: string; names: string[] }>();
  for (const { kind, namespace, name } of refs.flatMap(ref => tryParse(ref) ?? [])) {
    const key = `${kind}:${namespace}`.toLowerCase();
    const group = groups.get(key) ?? { kind, namespace, names: [] };
    group.names.push(name);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ kind, namespace, names }) => ({
    kind,
    'metadata.namespace': namespace,
    'metadata.name': { $in: names },
  }));
}
