import { CATALOG_FILTER_EXISTS, type EntityFilter, type FilterSet, type Predicate } from './types';

/** Filter strings, one a set: `key=value` joined by commas. */
export function encodeFilter(filter: EntityFilter | undefined): string[] {
  return filterSets(filter)
    .map(set =>
      Object.entries(set)
        .flatMap(([key, value]) => {
          if (value === CATALOG_FILTER_EXISTS) {
            return [key];
          }
          const values = typeof value === 'string' ? [value] : value;
          return values.map(one => `${key}=${one}`);
        })
        .join(','),
    )
    .filter(text => text !== '');
}

/** The same selection as a predicate. */
export function filterToPredicate(filter: EntityFilter): Predicate {
  const sets = filterSets(filter).map(set => ({
    $all: Object.entries(set).map(([key, value]): Predicate => {
      if (value === CATALOG_FILTER_EXISTS) {
        return { [key]: { $exists: true } };
      }
      const values = typeof value === 'string' ? [value] : [...value];
      return { [key]: values.length === 1 && values[0] !== undefined ? values[0] : { $in: values } };
    }),
  }));
  return sets.length === 1 && sets[0] ? sets[0] : { $any: sets };
}

/** A comma ends a statement and cannot be escaped, so such a value needs the predicate form. */
export function needsPredicate(filter: EntityFilter | undefined): boolean {
  return filterSets(filter).some(set =>
    Object.values(set).some(value =>
      typeof value === 'symbol' ? false : (typeof value === 'string' ? [value] : value).some(one => one.includes(',')),
    ),
  );
}

function filterSets(filter: EntityFilter | undefined): readonly FilterSet[] {
  if (!filter) {
    return [];
  }
  return Array.isArray(filter) ? (filter as readonly FilterSet[]) : [filter as FilterSet];
}
