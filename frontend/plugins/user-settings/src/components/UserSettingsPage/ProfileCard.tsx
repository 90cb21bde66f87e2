import { Card, CopyButton, ErrorPanel, LoadingBlock, MetadataList, Persona } from '@callboard/core-components';
import { identityApiRef, useApi } from '@callboard/core-plugin-api';
import { EntityChip, refTitle, useEntitiesByRefs } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../../translation';
import styles from './UserSettingsPage.module.css';

/** Who the person is to the portal, and for which groups they act. */
export function ProfileCard() {
  const text = useMessages().profile;
  const identityApi = useApi(identityApiRef);
  const profile = useQuery({ queryKey: ['identity', 'profile'], queryFn: () => identityApi.getProfileInfo() });
  const identity = useQuery({ queryKey: ['identity', 'user'], queryFn: () => identityApi.getBackstageIdentity() });
  const error = profile.error ?? identity.error;
  return (
    <Card title={text.title} actions={<Button onClick={() => void identityApi.signOut()}>{text.signOut}</Button>}>
      {error ? (
        <ErrorPanel error={error} title={text.failed} onRetry={() => void Promise.all([profile.refetch(), identity.refetch()])} />
      ) : profile.data && identity.data ? (
        <Profile {...profile.data} {...identity.data} />
      ) : (
        <LoadingBlock height={96} />
      )}
    </Card>
  );
}

function Profile(props: {
  displayName?: string;
  email?: string;
  picture?: string;
  userEntityRef: string;
  ownershipEntityRefs: readonly string[];
}) {
  const text = useMessages().profile;
  const { displayName, email, picture, userEntityRef, ownershipEntityRefs } = props;
  const groups = ownershipEntityRefs.filter(ref => ref !== userEntityRef);
  const references = useEntitiesByRefs([userEntityRef, ...groups]);
  const name = displayName ?? refTitle(userEntityRef, 'user');
  const chip = (ref: string) => (
    <EntityChip entityRef={ref} title={references.title(ref)} missing={references.isMissing(ref)} terse />
  );
  return (
    <Persona name={name} picture={picture} contact={email}>
      <MetadataList
        items={[
          {
            label: text.entity,
            value: (
              <>
                {chip(userEntityRef)} <CopyButton text={userEntityRef} />
              </>
            ),
          },
          {
            label: text.groups,
            value:
              groups.length === 0 ? (
                <span title={text.noGroupsText}>{text.noGroups}</span>
              ) : (
                <ul className={styles.groups}>
                  {groups.map(ref => (
                    <li key={ref}>{chip(ref)}</li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
    </Persona>
  );
}
