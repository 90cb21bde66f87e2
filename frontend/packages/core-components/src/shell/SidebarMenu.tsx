import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { Link } from 'react-router-dom';
import { AppIcon } from '../components/AppIcon';
import type { NavigationItem } from './navigation';

/** The links of a submenu, to the right of its entry. */
export function SidebarMenu(props: { anchor: HTMLElement | undefined; items: readonly NavigationItem[]; onClose(): void }) {
  const { anchor, items, onClose } = props;
  return (
    <Menu
      open={Boolean(anchor)}
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{ paper: { sx: { maxWidth: 320, maxHeight: '70vh' } } }}
    >
      {items.map(({ label, icon, to }) => (
        <MenuItem key={to} component={Link} to={to} onClick={onClose} title={label}>
          <AppIcon icon={icon} size={14} />
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
