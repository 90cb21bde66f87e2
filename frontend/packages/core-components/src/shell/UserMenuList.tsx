import { appThemeApiRef, identityApiRef, useApi } from '@callboard/core-plugin-api';
import Divider from '@mui/material/Divider';
import ListSubheader from '@mui/material/ListSubheader';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { Check } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Link } from 'react-router-dom';
import { AppIcon } from '../components/AppIcon';
import { useMessages } from '../translation';
import type { NavigationItem } from './navigation';

/** What the person's menu holds. */
export function UserMenuList(props: {
  anchor: HTMLElement | undefined;
  items: readonly NavigationItem[];
  onClose(): void;
}) {
  const text = useMessages().shell;
  const { anchor, items, onClose } = props;
  const identityApi = useApi(identityApiRef);
  const themeApi = useApi(appThemeApiRef);
  const active = useSyncExternalStore(
    notify => {
      const subscription = themeApi.activeThemeId$().subscribe(notify);
      return () => subscription.unsubscribe();
    },
    () => themeApi.getActiveThemeId(),
  );
  const choices = [{ id: undefined, title: text.system }, ...themeApi.getInstalledThemes()];
  return (
    <Menu open={Boolean(anchor)} anchorEl={anchor} onClose={onClose} disablePortal>
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
            onClose();
          }}
        >
          <Check size={14} aria-hidden style={{ visibility: id === active ? 'visible' : 'hidden' }} />
          {title}
        </MenuItem>
      ))}
      <Divider />
      {items.map(({ label, icon, to }) => (
        <MenuItem key={to} component={Link} to={to} onClick={onClose}>
          <AppIcon icon={icon} size={14} />
          {label}
        </MenuItem>
      ))}
      <MenuItem onClick={() => void identityApi.signOut()}>{text.signOut}</MenuItem>
    </Menu>
  );
}
