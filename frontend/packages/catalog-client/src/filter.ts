import { CATALOG_FILTER_EXISTS, type EntityFilterQuery, type EntitySelection, type FilterSet, type FilterValue, type Predicate } from './types';

/** Filter strings, one a set: `key=value` joined by commas. */
export function encodeFilter(filter: EntityFilterQuery | undefined): string[] {
  return filterSets(filter)
    .map(set => Object.entries(set).flatMap(([key, value]) => valuesOf(value)?.map(one => `${key}=${one}`) ?? [key]).join(','))
    .filter(text => text !== '');
}

/** The same selection as a predicate. */
export function filterToPredicate(filter: EntityFilterQuery): Predicate {
  const sets = filterSets(filter).map(set => ({
    $all: Object.entries(set).map(([key, value]): Predicate => {
      const values = valuesOf(value);
      if (!values) {
        return { [key]: { $exists: true } };
      }
      return { [key]: values.length === 1 && values[0] !== undefined ? values[0] : { $in: values } };
    }),
  }));
  return sets.length === 1 && sets[0] ? sets[0] : { $any: sets };
}

/** The selection as a predicate where a filter string cannot say it: it has one already, or a comma, which ends a statement. */
export function selectionPredicate({ filter, query }: EntitySelection): Predicate | undefined {
  if (query && filter) {
    return { $all: [query, filterToPredicate(filter)] };
  }
  return query ?? (filter && hasComma(filter) ? filterToPredicate(filter) : undefined);
}

function hasComma(filter: EntityFilterQuery): boolean {
  return filterSets(filter).some(set => Object.values(set).some(value => valuesOf(value)?.some(one => one.includes(','))));
}

/** The values of which one must match; undefined where the key only has to exist. */
function valuesOf(value: FilterValue): string[] | undefined {
  const all = typeof value === 'object' ? value : [value];
  const strange = all.find(one => typeof one !== 'string' && one !== CATALOG_FILTER_EXISTS);
  if (strange !== undefined) {
    throw new TypeError(`A filter has texts and CATALOG_FILTER_EXISTS as values, not ${String(strange)}`);
  }
  const texts = all.filter(one => typeof one === 'string');
  return texts.length === 0 && all.length > 0 ? undefined : texts;
}

function filterSets(filter: EntityFilterQuery | undefined): readonly FilterSet[] {
  if (!filter) {
    return [];
  }
  return Array.isArray(filter) ? (filter as readonly FilterSet[]) : [filter as FilterSet];
}
