import type { Facet } from '@callboard/catalog-client';
import { useMemo } from 'react';
import { FacetFilter } from '../../entityIndex/components/FacetFilter';
import { FACET_NAMES, FACETS } from '../../entityIndex/lib/indexState';
import { useEntityList } from '../context';
import type { EntityFilter } from '../filters';
import type { EntityFilters } from '../types';
import { useAvailableValues, useInitialFilter } from '../useListFilter';

/** A filter that has values of which one must be had. */
type FilterOfValues = EntityFilter & { readonly values: readonly string[] };

export interface EntityAutocompletePickerProps {
  label: string;
  /** The name of the filter, in the list and in the address. */
  name: string;
  /** The dotted path of what is chosen from, such as `spec.lifecycle`. */
  path: string;
  Filter: new (values: string[]) => FilterOfValues;
  /** Whether it says how many there are of each, which is usual. */
  showCounts?: boolean;
  /** What is chosen where the address says nothing. */
  initialSelectedOptions?: readonly string[];
  /** What is offered besides the values that are had. */
  furtherValues?: readonly string[];
  /** The filters under which values are offered; all others where none are named. */
  filtersForAvailableValues?: readonly string[];
  /** Filters without showing it. */
  hidden?: boolean;
  /** Shows only where there are several to choose from. */
  needsSeveral?: boolean;
  getOptionLabel?(option: string): string;
}

/** Chooses among the values that entities have. */
export function EntityAutocompletePicker(props: EntityAutocompletePickerProps) {
  const { label, name, path, Filter, showCounts = true, initialSelectedOptions, furtherValues, hidden, needsSeveral, getOptionLabel } = props;
  const { filters, updateFilters } = useEntityList();
  const make = (values: string[]) => (values.length > 0 ? new Filter(values) : undefined);
  useInitialFilter(name, make, initialSelectedOptions);
  const { values: had } = useAvailableValues(path, { without: [name], only: props.filtersForAvailableValues });
  const values = useMemo(() => had && withFurther(had, furtherValues), [had, furtherValues]);
  const selected = ((filters as EntityFilters)[name] as FilterOfValues | undefined)?.values ?? [];

  if (hidden || (needsSeveral && selected.length === 0 && (values?.length ?? 0) < 2)) {
    return undefined;
  }
  const toggle = (value: string) => {
    const others = selected.filter(one => one.toLowerCase() !== value.toLowerCase());
    updateFilters({ [name]: make(others.length < selected.length ? others : [...others, value]) });
  };
  return (
    <FacetFilter
      // Values of the facets we know are called as they are everywhere.
      name={FACET_NAMES.find(one => FACETS[one] === path) ?? name}
      title={label}
      values={values}
      selected={selected}
      withoutCounts={!showCounts}
      getLabel={getOptionLabel}
      onToggle={toggle}
    />
  );
}

function withFurther(had: Facet[], further: readonly string[] = []): Facet[] {
  const known = new Set(had.map(({ value }) => value));
  return [...had, ...further.filter(value => !known.has(value)).map(value => ({ value, count: 0 }))];
}
