import { kindInfo } from '../../entities/kinds';
import { KindOptions } from '../../entityIndex/components/KindOptions';
import { useEntityList } from '../context';
import { EntityKindFilter } from '../filters';
import { useAvailableValues, useInitialFilter } from '../useListFilter';

export interface EntityKindPickerProps {
  /** The kinds one may choose; all that there are without. */
  allowedKinds?: readonly string[];
  /** The kind where the address names none; without it that is `component`. */
  initialFilter?: string;
  /** Filters without showing it. */
  hidden?: boolean;
}

/** What means something only within a kind. */
const OF_KIND = { type: undefined, lifecycles: undefined };

/** Chooses the kind of what is listed. */
export function EntityKindPicker({ allowedKinds, initialFilter = 'component', hidden }: EntityKindPickerProps) {
  const { filters, updateFilters } = useEntityList();
  useInitialFilter('kind', ([kind]) => (kind ? filterOf(kind) : undefined), [initialFilter]);
  const { values, error } = useAvailableValues('kind', { without: ['kind', ...Object.keys(OF_KIND)] });
  if (hidden) {
    return undefined;
  }
  const allowed = allowedKinds?.map(kind => kind.toLowerCase());
  return (
    <KindOptions
      kinds={values?.filter(({ value }) => !allowed || allowed.includes(value.toLowerCase()))}
      selected={filters.kind?.value.toLowerCase()}
      isPending={!error}
      onSelect={kind => updateFilters({ ...OF_KIND, kind: kind === undefined ? undefined : filterOf(kind) })}
    />
  );
}

function filterOf(kind: string): EntityKindFilter {
  return new EntityKindFilter(kind.toLowerCase(), kindInfo(kind).title);
}
