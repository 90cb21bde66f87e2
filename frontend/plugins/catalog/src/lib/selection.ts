import { filterToPredicate, type EntitySelection, type FilterSet } from '@callboard/catalog-client';
import { tryParse } from '@callboard/catalog-model';
import { FACET_NAMES, FACETS, KIND_FACETS, type CatalogState, type FacetName, type ListName } from './catalogState';

/** What the lists "owned" and "starred" stand for. */
export interface PersonalRefs {
  owned: readonly string[];
  starred: readonly string[];
}

/** Stands in while it is not known who is signed in. */
export const NOBODY: PersonalRefs = { owned: [], starred: [] };

/** The fields that typing in the table searches. */
export const TEXT_FIELDS = ['metadata.name', 'metadata.title', 'spec.profile.displayName'];

/** Matches nothing, for lists that are known to be empty. */
const NOTHING: FilterSet = { 'metadata.name': '' };

/** Which entities the state selects, as a filter where one can say it and as a predicate where only that can. */
export function selectionOf(state: CatalogState, personal: PersonalRefs, without: readonly FacetName[] = []): EntitySelection {
  const filter: Record<string, string | string[]> = {};
  if (state.kind) {
    filter.kind = state.kind;
  }
  for (const name of FACET_NAMES) {
    const values = state.facets[name];
    if (values.length > 0 && !without.includes(name)) {
      filter[FACETS[name]] = values;
    }
  }
  return personalSelection(filter, state, personal);
}

/** The same for the kind picker: how many of each kind one would see after choosing it. */
export function kindSelectionOf(state: CatalogState, personal: PersonalRefs): EntitySelection {
  return selectionOf({ ...state, kind: undefined }, personal, KIND_FACETS);
}

/** The same for another list. */
export function listSelectionOf(state: CatalogState, list: ListName, personal: PersonalRefs): EntitySelection {
  return selectionOf({ ...state, list }, personal);
}

function personalSelection(filter: FilterSet, { list }: CatalogState, { owned, starred }: PersonalRefs): EntitySelection {
  if (list === 'owned') {
    return owned.length > 0 ? ownedSelection(filter, owned) : { filter: NOTHING };
  }
  if (list === 'starred') {
    return starred.length > 0 ? starredSelection(filter, starred) : { filter: NOTHING };
  }
  return Object.keys(filter).length > 0 ? { filter } : {};
}

function ownedSelection(filter: FilterSet, owned: readonly string[]): EntitySelection {
  if (!filter[FACETS.owner]) {
    return { filter: { ...filter, [FACETS.owner]: owned } };
  }
  return { query: { $all: [filterToPredicate(filter), filterToPredicate({ [FACETS.owner]: owned })] } };
}

function starredSelection(filter: FilterSet, starred: readonly string[]): EntitySelection {
  const refs = starred.flatMap(ref => tryParse(ref) ?? []);
  const anyOf = refs.map(({ kind, namespace, name }) => ({
    kind,
    'metadata.namespace': namespace,
    'metadata.name': name,
  }));
  return { query: { $all: [filterToPredicate(filter), { $any: anyOf }] } };
}
