import { useEntityList } from './context';
import { EntityTypeFilter } from './filters';
import { useAvailableValues } from './useListFilter';

/** The types that entities of the list's kind have, and those that are chosen. */
export function useEntityTypeFilter(): {
  loading: boolean;
  error?: Error;
  availableTypes: string[];
  selectedTypes: string[];
  setSelectedTypes(types: string[]): void;
} {
  const { filters, updateFilters } = useEntityList();
  const { values, isPending, error } = useAvailableValues('spec.type', { without: ['type'] });
  return {
    loading: isPending,
    error,
    availableTypes: values?.map(({ value }) => value) ?? [],
    selectedTypes: filters.type?.getTypes() ?? [],
    setSelectedTypes: types => updateFilters({ type: types.length > 0 ? new EntityTypeFilter(types) : undefined }),
  };
}
