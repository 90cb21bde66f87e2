import { StatusOptions } from '../../entityIndex/components/StatusFilter';
import { STATUS_NAMES, type StatusName } from '../../entityIndex/lib/indexState';
import { useEntityList } from '../context';
import { EntityErrorFilter, EntityOrphanFilter } from '../filters';
import { useInitialFilter } from '../useListFilter';

const FILTERS = { error: EntityErrorFilter, orphan: EntityOrphanFilter };

/** Chooses what could not be processed, and what nothing declares any more. */
export function EntityProcessingStatusPicker() {
  const { filters, updateFilters } = useEntityList();
  useInitialFilter('error', ([said]) => (said === 'true' ? new EntityErrorFilter(true) : undefined));
  useInitialFilter('orphan', ([said]) => (said === 'true' ? new EntityOrphanFilter(true) : undefined));
  const toggle = (name: StatusName) => updateFilters({ [name]: filters[name]?.value ? undefined : new FILTERS[name](true) });
  return <StatusOptions selected={STATUS_NAMES.filter(name => filters[name]?.value)} onToggle={toggle} />;
}
