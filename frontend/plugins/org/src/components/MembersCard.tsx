import type { QueryEntitiesResponse } from '@callboard/catalog-client';
import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { Avatar, Card, EmptyState, ErrorPanel, LoadingBlock, SearchInput, SegmentedControl, useDebounced } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityRefLink, entityTitle, useEntity } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useState } from 'react';
import { groupsWithin } from '../hooks/useGroupTree';
import { PROFILE_FIELDS, profileOf } from '../lib/people';
import { useMessages } from '../translation';
import styles from './org.module.css';

const PAGE = 50;
const SEARCH_AFTER_MS = 200;
const SEARCHED = ['metadata.name', 'metadata.title', 'spec.profile.displayName', 'spec.profile.email'];
/** From so many members on one searches rather than looks. */
const SEARCHABLE = 12;

/** The people of a group, and of the groups within it where one wants. */
export function MembersCard() {
  const text = useMessages().members;
  const { entity } = useEntity();
  const catalogApi = useApi(catalogApiRef);
  const ref = stringifyEntityRef(entity);
  const [which, setWhich] = useState<'direct' | 'all'>('direct');
  const [search, setSearch] = useState('');
  const term = useDebounced(search.trim(), SEARCH_AFTER_MS);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['catalog', 'members', ref, which, term],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ pageInfo }: QueryEntitiesResponse) => pageInfo.nextCursor,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const page = { limit: PAGE, fields: PROFILE_FIELDS };
      if (cursor) {
        return catalogApi.queryEntities({ ...page, cursor }, { signal });
      }
      const groups = which === 'all' ? await groupsWithin(catalogApi, entity, signal) : [entity];
      return catalogApi.queryEntities(
        {
          ...page,
          query: { $all: [{ kind: 'user' }, { 'relations.memberOf': { $in: groups.map(stringifyEntityRef) } }] },
          orderFields: { field: 'metadata.name', order: 'asc' },
          ...(term && { fullTextFilter: { term, fields: SEARCHED } }),
        },
        { signal },
      );
    },
  });
  const members = data?.pages.flatMap(({ items }) => items);
  const total = data?.pages[0]?.totalItems ?? 0;
  return (
    <Card
      title={text.title}
      count={data && total}
      actions={
        <SegmentedControl
          label={text.include}
          value={which}
          onChange={value => setWhich(value)}
          segments={[
            { value: 'direct', label: text.direct },
            { value: 'all', label: text.all },
          ]}
        />
      }
    >
      {error ? (
        <ErrorPanel error={error} title={text.failed} onRetry={() => void refetch()} />
      ) : !members ? (
        <LoadingBlock height={72} />
      ) : total === 0 && search === '' && term === '' ? (
        <EmptyState icon={Users} title={text.none} description={text.noneText} />
      ) : (
        <>
          {(total > SEARCHABLE || search !== '' || term !== '') && (
            <div className={styles.search}>
              <SearchInput label={text.search} value={search} onChange={setSearch} />
            </div>
          )}
          {members.length === 0 && <p className={styles.muted}>{text.noMatch}</p>}
          <ul className={styles.members}>
            {members.map(member => (
              <Member key={stringifyEntityRef(member)} member={member} />
            ))}
          </ul>
          {hasNextPage && (
            <Button variant="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {text.more(Math.min(PAGE, total - members.length))}
            </Button>
          )}
        </>
      )}
    </Card>
  );
}

function Member({ member }: { member: Entity }) {
  const { email, picture } = profileOf(member);
  return (
    <li className={styles.member}>
      <Avatar displayName={entityTitle(member)} picture={picture} isDecorative />
      <span className={styles.who}>
        <EntityRefLink entityRef={member} />
        {member.metadata.description && <span className={styles.muted}>{member.metadata.description}</span>}
        {email && <span className={styles.muted}>{email}</span>}
      </span>
    </li>
  );
}
