import { filterToPredicate, type EntityOrder, type EntitySelection, type FilterValue, type Predicate, type QueryEntitiesRequest } from '@callboard/catalog-client';
import type { Entity } from '@callboard/catalog-model';
import { DEFAULT_SORT } from '../entityIndex/lib/indexState';
import type { EntityFilter } from './filters';
import type { DefaultEntityFilters } from './types';

/** What the catalog is asked for under some filters. All must hold, also two that are about the same. */
export function selectionOf(filters: DefaultEntityFilters): EntitySelection {
  const filter: Record<string, FilterValue> = {};
  const predicates: Predicate[] = [];
  for (const one of listOf(filters)) {
    for (const [key, value] of Object.entries(one.getCatalogFilters?.() ?? {})) {
      if (key in filter) {
        predicates.push(filterToPredicate({ [key]: value }));
      } else {
        filter[key] = value;
      }
    }
    const query = isFiltering(one) ? undefined : one.getCatalogQuery?.();
    if (query) {
      predicates.push(query);
    }
  }
  return {
    ...(Object.keys(filter).length > 0 && { filter }),
    ...(predicates.length > 0 && { query: predicates.length === 1 ? predicates[0] : { $all: predicates } }),
  };
}

/** The same with text and order, which only pages can be asked for. */
export function pageRequestOf(filters: DefaultEntityFilters): QueryEntitiesRequest {
  const term = filters.text?.value.trim();
  return {
    ...selectionOf(filters),
    orderFields: orderOf(filters),
    ...(term && { fullTextFilter: filters.text?.getFullTextFilters() }),
  };
}

export function orderOf({ order }: DefaultEntityFilters): EntityOrder[] {
  return order?.values.length ? order.getOrderFilters() : [DEFAULT_SORT];
}

/** What the catalog has not decided: of whole lists what every filter says, of pages only what it could not be asked. */
export function undecided(filters: DefaultEntityFilters, isPaged: boolean): (entity: Entity) => boolean {
  const open = listOf(filters).filter(one => !isPaged || !(one === filters.text || one.getCatalogFilters || one.getCatalogQuery));
  return entity => open.every(one => one.filterEntity?.(entity) ?? true);
}

/** What tells requests apart. JSON leaves out the symbol that stands for existence. */
export function requestKey(request: unknown): string {
  return JSON.stringify(request, (_key, value: unknown) => (typeof value === 'symbol' ? String(value) : value));
}

function listOf(filters: DefaultEntityFilters): EntityFilter[] {
  return (Object.values(filters) as (EntityFilter | undefined)[]).filter(one => one !== undefined);
}

/** Whether its filters say everything; a query beside them says it again. */
function isFiltering(filter: EntityFilter): boolean {
  return Object.keys(filter.getCatalogFilters?.() ?? {}).length > 0;
}
