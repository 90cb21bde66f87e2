import { identityApiRef, useApi } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { ChevronsUpDown } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { VisuallyHidden } from '../components/Tag';
import { useMessages } from '../translation';
import { Avatar } from '../text/Avatar';
import type { NavigationItem } from './navigation';
import styles from './shell.module.css';

// Menus are no small part of the app, and not needed to show the first page.
const UserMenuList = lazy(() => import('./UserMenuList').then(m => ({ default: m.UserMenuList })));

/** Who is signed in, how the portal looks to them, and the way out. */
export function UserMenu({ items = [] }: { items?: readonly NavigationItem[] }) {
  const text = useMessages().shell;
  const identityApi = useApi(identityApiRef);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [opened, setOpened] = useState(false);
  const { data: profile } = useQuery({ queryKey: ['identity', 'profile'], queryFn: () => identityApi.getProfileInfo() });
  const { data: identity } = useQuery({
    queryKey: ['identity', 'user'],
    queryFn: () => identityApi.getBackstageIdentity(),
  });
  const name = profile?.displayName ?? identity?.userEntityRef.split('/').at(-1) ?? text.guest;

  return (
    <>
      <button
        type="button"
        className={styles.item}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => {
          setAnchor(event.currentTarget);
          setOpened(true);
        }}
      >
        <span className={styles.avatar} aria-hidden>
          {profile?.picture ? <Avatar displayName={name} picture={profile.picture} size={20} /> : name.slice(0, 1).toUpperCase()}
        </span>
        <span className={styles.label}>
          <VisuallyHidden>{text.signedInAs} </VisuallyHidden>
          {name}
        </span>
        <ChevronsUpDown size={14} className={styles.chevron} aria-hidden />
      </button>
      {opened && (
        <Suspense>
          <UserMenuList anchor={anchor} onClose={() => setAnchor(undefined)} items={items} />
        </Suspense>
      )}
    </>
  );
}
