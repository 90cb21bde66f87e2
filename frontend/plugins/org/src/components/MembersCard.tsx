import { specObject, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { Avatar, Card, EmptyState, ErrorPanel, LoadingBlock, SearchInput, SegmentedControl } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityRefLink, entityTitle, useEntity } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useState } from 'react';
import { groupsWithin } from '../hooks/useGroupTree';
import { useMessages } from '../translation';
import styles from './org.module.css';

const PAGE = 48;
const MAX = 1000;
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
  const [shown, setShown] = useState(PAGE);
  const { data, error, refetch } = useQuery({
    queryKey: ['catalog', 'members', ref, which],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const groups = which === 'all' ? await groupsWithin(catalogApi, entity, signal) : [entity];
      const { items } = await catalogApi.queryEntities(
        {
          filter: { kind: 'user', 'relations.memberOf': groups.map(stringifyEntityRef) },
          limit: MAX,
          orderFields: { field: 'metadata.name', order: 'asc' },
          fields: ['kind', 'metadata.name', 'metadata.namespace', 'metadata.title', 'spec.profile'],
        },
        { signal },
      );
      return items;
    },
  });
  const found = data?.filter(member => entityTitle(member).toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <Card
      title={text.title}
      count={data?.length}
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
      ) : !found ? (
        <LoadingBlock height={72} />
      ) : data?.length === 0 ? (
        <EmptyState icon={Users} title={text.none} description={text.noneText} />
      ) : (
        <>
          {(data?.length ?? 0) > SEARCHABLE && (
            <div className={styles.search}>
              <SearchInput label={text.search} value={search} onChange={setSearch} />
            </div>
          )}
          {found.length === 0 && <p className={styles.muted}>{text.noMatch}</p>}
          <ul className={styles.members}>
            {found.slice(0, shown).map(member => (
              <Member key={stringifyEntityRef(member)} member={member} />
            ))}
          </ul>
          {found.length > shown && (
            <Button variant="text" onClick={() => setShown(shown + PAGE)}>
              {text.more(Math.min(PAGE, found.length - shown))}
            </Button>
          )}
        </>
      )}
    </Card>
  );
}

function Member({ member }: { member: Entity }) {
  const { email, picture } = specObject(member, 'profile') ?? {};
  return (
    <li className={styles.member}>
      <Avatar displayName={entityTitle(member)} picture={typeof picture === 'string' ? picture : undefined} isDecorative />
      <span className={styles.who}>
        <EntityRefLink entityRef={member} />
        {typeof email === 'string' && <span className={styles.muted}>{email}</span>}
      </span>
    </li>
  );
}
