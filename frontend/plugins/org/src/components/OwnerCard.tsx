import { RELATION_OWNED_BY, relationTargets, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { Avatar, Card, ErrorPanel, isScriptUrl, Link, LoadingBlock } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityChip, EntityRefLink, entityTitle, isKind, useEntity } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { PROFILE_FIELDS, profileOf } from '../lib/people';
import { useMessages } from '../translation';
import styles from './org.module.css';

const OWNER_FIELDS = [...PROFILE_FIELDS, 'metadata.links'];
/** The others are on the group's page. */
const SHOWN_MEMBERS = 6;

/** Whom to ask about the entity, and how. An entity that nobody owns says so among what it is. */
export function OwnerCard() {
  const text = useMessages().owner;
  const { entity } = useEntity();
  const catalogApi = useApi(catalogApiRef);
  const refs = relationTargets(entity, RELATION_OWNED_BY);
  const { data, error, refetch } = useQuery({
    queryKey: ['catalog', 'owners', refs],
    enabled: refs.length > 0,
    queryFn: ({ signal }) => catalogApi.getEntitiesByRefs({ entityRefs: refs, fields: OWNER_FIELDS }, { signal }),
  });
  if (refs.length === 0) {
    return undefined;
  }
  return (
    <Card title={text.title(refs.length)}>
      {error ? (
        <ErrorPanel error={error} title={text.failed} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingBlock height={72} />
      ) : (
        <ul className={styles.owners}>
          {refs.map((ref, index) => (
            <li key={ref}>{data.items[index] ? <Owner owner={data.items[index]} /> : <EntityChip entityRef={ref} missing />}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Owner({ owner }: { owner: Entity }) {
  const { email, picture } = profileOf(owner);
  const links = (owner.metadata.links ?? []).filter(({ url }) => !isScriptUrl(url));
  return (
    <>
      <div className={styles.member}>
        <Avatar displayName={entityTitle(owner)} picture={picture} isDecorative />
        <span className={styles.who}>
          <EntityRefLink entityRef={owner} />
          {email && <Link to={`mailto:${email}`}>{email}</Link>}
        </span>
      </div>
      {links.length > 0 && (
        <p className={styles.refs}>
          {links.map(({ url, title }) => (
            <Link key={url} to={url}>
              {title ?? url}
            </Link>
          ))}
        </p>
      )}
      {isKind('group')(owner) && <People group={owner} />}
    </>
  );
}

/** A few of a group, and how many there are. */
function People({ group }: { group: Entity }) {
  const text = useMessages().owner;
  const catalogApi = useApi(catalogApiRef);
  const ref = stringifyEntityRef(group);
  const { data } = useQuery({
    queryKey: ['catalog', 'some-members', ref],
    queryFn: ({ signal }) =>
      catalogApi.queryEntities(
        { filter: { kind: 'user', 'relations.memberOf': ref }, fields: PROFILE_FIELDS, limit: SHOWN_MEMBERS },
        { signal },
      ),
  });
  if (!data || data.totalItems === 0) {
    return undefined;
  }
  return (
    <div className={styles.people}>
      <ul className={styles.faces} aria-label={text.members}>
        {data.items.map(person => (
          <li key={stringifyEntityRef(person)}>
            <EntityRefLink entityRef={person} title={entityTitle(person)}>
              <Avatar displayName={entityTitle(person)} picture={profileOf(person).picture} size={24} />
            </EntityRefLink>
          </li>
        ))}
      </ul>
      <span className={styles.muted}>{text.count(data.totalItems)}</span>
    </div>
  );
}
