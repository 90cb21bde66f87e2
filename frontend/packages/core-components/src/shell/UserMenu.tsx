import { appThemeApiRef, identityApiRef, useApi } from '@callboard/core-plugin-api';
import Divider from '@mui/material/Divider';
import ListSubheader from '@mui/material/ListSubheader';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { Link } from 'react-router-dom';
import { AppIcon } from '../components/AppIcon';
import { VisuallyHidden } from '../components/Tag';
import { messages } from '../messages';
import { Avatar } from '../text/Avatar';
import type { NavigationItem } from './navigation';
import styles from './shell.module.css';

const text = messages.shell;

/** Who is signed in, how the portal looks to them, and the way out. */
export function UserMenu({ items = [] }: { items?: readonly NavigationItem[] }) {
  const identityApi = useApi(identityApiRef);
  const themeApi = useApi(appThemeApiRef);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const { data: profile } = useQuery({ queryKey: ['identity', 'profile'], queryFn: () => identityApi.getProfileInfo() });
  const { data: identity } = useQuery({
    queryKey: ['identity', 'user'],
    queryFn: () => identityApi.getBackstageIdentity(),
  });
  const active = useSyncExternalStore(
    notify => {
      const subscription = themeApi.activeThemeId$().subscribe(notify);
      return () => subscription.unsubscribe();
    },
    () => themeApi.getActiveThemeId(),
  );
  const name = profile?.displayName ?? identity?.userEntityRef.split('/').at(-1) ?? text.guest;
  const close = () => setAnchor(undefined);
  const choices = [{ id: undefined, title: text.system }, ...themeApi.getInstalledThemes()];

  return (
    <>
      <button
        type="button"
        className={styles.item}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
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
      <Menu open={Boolean(anchor)} anchorEl={anchor} onClose={close} disablePortal>
        <ListSubheader disableSticky sx={{ fontSize: '0.75rem', lineHeight: '28px', px: 1, bgcolor: 'transparent' }} role="presentation">
          {text.appearance}
        </ListSubheader>
        {choices.map(({ id, title }) => (
          <MenuItem
            key={title}
            role="menuitemradio"
            aria-checked={id === active}
            onClick={() => {
              themeApi.setActiveThemeId(id);
              close();
            }}
          >
            <Check size={14} aria-hidden style={{ visibility: id === active ? 'visible' : 'hidden' }} />
            {title}
          </MenuItem>
        ))}
        <Divider />
        {items.map(({ label, icon, to }) => (
          <MenuItem key={to} component={Link} to={to} onClick={close}>
            <AppIcon icon={icon} size={14} />
            {label}
          </MenuItem>
        ))}
        <MenuItem onClick={() => void identityApi.signOut()}>{text.signOut}</MenuItem>
      </Menu>
    </>
  );
}
