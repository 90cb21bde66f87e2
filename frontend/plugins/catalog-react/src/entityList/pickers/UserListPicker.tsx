import type { QueryEntitiesRequest } from '@callboard/catalog-client';
import { useFormats } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useContext, useEffect, useEffectEvent } from 'react';
import { catalogApiRef } from '../../apis/catalogApi';
import { useKnownRefs } from '../../entityIndex/hooks/useKnownRefs';
import { NOBODY } from '../../entityIndex/lib/selection';
import { useMessages } from '../../translation';
import { ListInternals, useEntityList } from '../context';
import { EntityUserFilter, type UserListFilterKind } from '../filters';
import { pageRequestOf, requestKey } from '../listRequest';
import { useInitialFilter } from '../useListFilter';
import styles from '../../entityIndex/components/entityIndex.module.css';

const ALL: readonly UserListFilterKind[] = ['owned', 'starred', 'all'];

export interface UserListPickerProps {
  /** The list where the address names none. Who owns nothing sees all instead. */
  initialFilter?: UserListFilterKind;
  availableFilters?: readonly UserListFilterKind[];
  /** Filters without showing it. */
  hidden?: boolean;
  /** Stays with what is owned also where that is nothing. */
  alwaysKeepFilters?: boolean;
}

/** All, what one owns, what one has starred, with how many each is. */
export function UserListPicker(props: UserListPickerProps) {
  const messages = useMessages().index;
  const formats = useFormats();
  const { initialFilter, availableFilters = ALL, hidden, alwaysKeepFilters } = props;
  const { filters, updateFilters, queryParameters } = useEntityList();
  const known = useKnownRefs();
  const { owned, starred } = known ?? NOBODY;
  const filterOf = (list: UserListFilterKind) => {
    switch (list) {
      case 'owned':
        return EntityUserFilter.owned([...owned]);
      case 'starred':
        return EntityUserFilter.starred([...starred]);
      default:
        return EntityUserFilter.all();
    }
  };
  useInitialFilter('user', ([said]) => filterOf(ALL.find(list => list === said) ?? 'all'), [initialFilter ?? 'all'], known !== undefined);
  const selected = filters.user?.value;
  const counts = useCounts(known ? filterOf : undefined);

  // What is starred may change while one looks at it.
  const follow = useEffectEvent(() => selected === 'starred' && updateFilters({ user: filterOf('starred') }));
  useEffect(() => void follow(), [starred]);

  const isInitial = selected === 'owned' && initialFilter === 'owned' && queryParameters.user === undefined;
  const ownsNothing = isInitial && !alwaysKeepFilters && counts.owned === 0;
  const showAll = useEffectEvent(() => updateFilters({ user: filterOf('all') }));
  useEffect(() => {
    if (ownsNothing) {
      showAll();
    }
  }, [ownsNothing]);

  if (hidden) {
    return undefined;
  }
  return (
    <section className={styles.facet} aria-label={messages.listLabel}>
      <ul>
        {availableFilters.map(list => {
          const count = counts[list];
          return (
            <li key={list}>
              <button
                type="button"
                className={styles.kindOption}
                aria-pressed={(selected ?? 'all') === list}
                onClick={() => updateFilters({ user: filterOf(list) })}
              >
                <span className={styles.facetLabel}>{messages.lists[list]}</span>{' '}
                <span className={styles.facetCount}>{count !== undefined && formats.number(count)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** How many entities each list has under the other filters. */
function useCounts(filterOf: ((list: UserListFilterKind) => EntityUserFilter) | undefined): Partial<Record<UserListFilterKind, number>> {
  const catalogApi = useApi(catalogApiRef);
  const list = useEntityList();
  const internals = useContext(ListInternals);
  const filters = internals.begin ? internals.settled : list.filters;
  const results = useQueries({
    queries: ALL.map(name => {
      const request: QueryEntitiesRequest = { ...pageRequestOf({ ...filters, user: filterOf?.(name), order: undefined }), limit: 0 };
      return {
        queryKey: ['catalog', 'list-count', name, requestKey(request)],
        enabled: filters !== undefined && filterOf !== undefined,
        placeholderData: keepPreviousData<{ totalItems: number }>,
        queryFn: ({ signal }: { signal: AbortSignal }) => catalogApi.queryEntities(request, { signal }),
      };
    }),
  });
  return Object.fromEntries(ALL.map((name, index) => [name, results[index]?.data?.totalItems]));
}
