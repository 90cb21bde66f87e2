import { FacetFilter } from '../../entityIndex/components/FacetFilter';
import { useMessages } from '../../translation';
import { EntityTypeFilter } from '../filters';
import { useEntityTypeFilter } from '../useEntityTypeFilter';
import { useAvailableValues, useInitialFilter } from '../useListFilter';

export interface EntityTypePickerProps {
  initialFilter?: string;
  /** Filters without showing it. */
  hidden?: boolean;
}

/** Chooses among the types of what is listed. */
export function EntityTypePicker({ initialFilter, hidden }: EntityTypePickerProps) {
  const { type } = useMessages().index.facets;
  useInitialFilter(
    'type',
    values => (values.length > 0 && values[0] !== 'all' ? new EntityTypeFilter(values) : undefined),
    initialFilter ? [initialFilter] : [],
  );
  const { selectedTypes, setSelectedTypes } = useEntityTypeFilter();
  const { values } = useAvailableValues('spec.type', { without: ['type'] });
  if (hidden) {
    return undefined;
  }
  const toggle = (value: string) => {
    const others = selectedTypes.filter(one => one.toLowerCase() !== value.toLowerCase());
    setSelectedTypes(others.length < selectedTypes.length ? others : [...others, value]);
  };
  return <FacetFilter name="type" title={type} values={values} selected={selectedTypes} onToggle={toggle} />;
}
