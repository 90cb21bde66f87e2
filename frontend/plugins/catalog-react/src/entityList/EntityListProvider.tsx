import type { CatalogApi, QueryEntitiesResponse } from '@callboard/catalog-client';
import { useApi } from '@callboard/core-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router-dom';
import { catalogApiRef } from '../apis/catalogApi';
import { EntityListContext, ListInternals, type EntityListInternals } from './context';
import { orderOf, pageRequestOf, requestKey, selectionOf, undecided } from './listRequest';
import type { DefaultEntityFilters, EntityFilters, EntityListContextProps, EntityListPagination, PaginationMode } from './types';
import { parseListAddress, writeListAddress, type ListAddress } from './urlState';

/** Changes within this time are one; the pickers of a page each say what they begin with. */
const GATHER_MS = 10;
const DEFAULT_LIMIT = 20;

type Place = Omit<ListAddress, 'filters'>;

/** What is asked for: filters as they stand once they have settled, and the page. */
interface Shown {
  filters: DefaultEntityFilters;
  place: Place;
}

export interface EntityListProviderProps {
  pagination?: EntityListPagination;
  children?: ReactNode;
}

/** A list of entities for the pickers and the table below. What it is filtered by stands in the address. */
export function EntityListProvider({ pagination, children }: EntityListProviderProps) {
  const catalogApi = useApi(catalogApiRef);
  const given = typeof pagination === 'object' ? pagination : {};
  const mode: PaginationMode = pagination ? (given.mode ?? 'cursor') : 'none';
  const defaultLimit = given.limit ?? DEFAULT_LIMIT;
  const defaultOffset = 'offset' in given ? (given.offset ?? 0) : 0;
  const { address, filters, shown, update, turn, internals } = useListState();
  const { limit = defaultLimit, offset = defaultOffset, cursor } = shown?.place ?? address;

  const settled = shown?.filters ?? NO_FILTERS;
  const key = mode === 'none' ? requestKey([selectionOf(settled), orderOf(settled)]) : requestKey([pageRequestOf(settled), limit, offset, cursor]);
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    queryKey: ['catalog', 'list', mode, key],
    enabled: shown !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      mode === 'none' ? readAll(catalogApi, settled, signal) : catalogApi.queryEntities({ ...pageRequestOf(settled), ...pageOf(mode, { limit, offset, cursor }) }, { signal }),
  });

  const entities = useMemo(() => data?.items.filter(undecided(settled, mode !== 'none')) ?? [], [data, settled, mode]);
  const { nextCursor, prevCursor } = data?.pageInfo ?? {};
  const value: EntityListContextProps = {
    filters,
    updateFilters: update,
    entities,
    backendEntities: data?.items ?? [],
    queryParameters: address.filters,
    loading: isPending || isPlaceholderData,
    error: error ?? undefined,
    limit,
    setLimit: next => turn({ limit: next }),
    totalItems: mode === 'none' ? data && entities.length : data?.totalItems,
    paginationMode: mode,
    refresh: () => void refetch(),
    ...(mode === 'cursor' && {
      pageInfo: {
        next: nextCursor === undefined ? undefined : () => turn({ limit: shown?.place.limit, cursor: nextCursor }),
        prev: prevCursor === undefined ? undefined : () => turn({ limit: shown?.place.limit, cursor: prevCursor }),
      },
    }),
    ...(mode === 'offset' && { offset, setOffset: (next: number) => turn({ limit: shown?.place.limit, offset: next }) }),
  };
  return (
    <ListInternals value={internals}>
      <EntityListContext value={value}>{children}</EntityListContext>
    </ListInternals>
  );
}

const NO_FILTERS: DefaultEntityFilters = {};

/** The filters as they are chosen and as they have settled, the page, and the address that has both. */
function useListState() {
  const [params, setParams] = useSearchParams();
  const [address, setAddress] = useState(() => parseListAddress(params));
  const [filters, setFilters] = useState(NO_FILTERS);
  const [shown, setShown] = useState<Shown>();
  const [holds, setHolds] = useState(0);
  const begun = useRef<{ address: ListAddress; names: Set<string> }>(undefined);
  const startsAnew = useRef(false);
  const written = useRef(params.toString());

  const settle = useEffectEvent(() => {
    const isOther = shown !== undefined && startsAnew.current && stateKey(shown.filters) !== stateKey(filters);
    startsAnew.current = false;
    setShown({ filters, place: isOther ? { limit: shown.place.limit } : (shown?.place ?? address) });
  });
  useEffect(() => {
    if (holds > 0) {
      return undefined;
    }
    const timer = setTimeout(settle, GATHER_MS);
    return () => clearTimeout(timer);
  }, [filters, holds]);

  const write = useEffectEvent(({ filters: all, place }: Shown) => {
    const next = writeListAddress(params, all as EntityFilters, place);
    written.current = next.toString();
    if (written.current !== params.toString()) {
      setParams(next, { replace: true });
    }
  });
  useEffect(() => {
    if (shown) {
      write(shown);
    }
  }, [shown]);

  // An address that this list has not written is one that somebody followed a link to.
  const follow = useEffectEvent(() => {
    if (params.toString() !== written.current) {
      written.current = params.toString();
      const next = parseListAddress(params);
      setAddress(next);
      setShown(before => before && { ...before, place: next });
    }
  });
  useEffect(() => follow(), [params]);

  const change = useCallback(
    (changes: Parameters<EntityListContextProps['updateFilters']>[0]) =>
      setFilters(before => ({ ...before, ...(typeof changes === 'function' ? changes(before) : changes) })),
    [],
  );
  const update = useCallback<EntityListContextProps['updateFilters']>(
    changes => {
      startsAnew.current = true;
      change(changes);
    },
    [change],
  );
  const internals = useMemo(
    (): EntityListInternals => ({
      settled: shown?.filters,
      begin: (name, filter) => {
        if (begun.current?.address !== address) {
          begun.current = { address, names: new Set() };
        }
        if (!begun.current.names.has(name)) {
          begun.current.names.add(name);
          change({ [name]: filter });
        }
      },
      hold: () => {
        setHolds(count => count + 1);
        return () => setHolds(count => count - 1);
      },
    }),
    [shown, address, change],
  );
  const turn = (place: Place) => setShown(before => before && { ...before, place });
  return { address, filters, shown, update, turn, internals };
}

/** What tells two states of filters apart: what is asked for, and what stands in the address. */
function stateKey(filters: DefaultEntityFilters): string {
  const values = Object.entries(filters as EntityFilters).map(([name, filter]) => [name, filter?.toQueryValue?.()]);
  return requestKey([pageRequestOf(filters), values.filter(([, value]) => value !== undefined)]);
}

function pageOf(mode: PaginationMode, { limit, offset, cursor }: Place): Place {
  return mode === 'offset' ? { limit, offset } : { limit, cursor };
}

async function readAll(catalogApi: CatalogApi, filters: DefaultEntityFilters, signal: AbortSignal): Promise<QueryEntitiesResponse> {
  const { filter, query } = selectionOf(filters);
  const items = [];
  if (query) {
    for await (const page of catalogApi.streamEntities({ filter, query, orderFields: orderOf(filters) }, { signal })) {
      items.push(...page);
    }
  } else {
    items.push(...(await catalogApi.getEntities({ filter, order: orderOf(filters) }, { signal })).items);
  }
  return { items, totalItems: items.length, pageInfo: {} };
}
