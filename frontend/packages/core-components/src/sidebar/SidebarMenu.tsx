import Menu from '@mui/material/Menu';
import type { ReactNode } from 'react';
import { MenuClosing } from './SidebarSubmenu';

/** What an entry of the sidebar opens, to the right of it. */
export function SidebarMenu(props: { anchor: HTMLElement | undefined; label: string; onClose(): void; children?: ReactNode }) {
  const { anchor, label, onClose, children } = props;
  return (
    <Menu
      open={Boolean(anchor)}
      anchorEl={anchor}
      onClose={onClose}
      disableAutoFocusItem
      anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{ paper: { sx: { maxWidth: 320, maxHeight: '70vh' } }, list: { 'aria-label': label, autoFocus: true } }}
    >
      <MenuClosing value={onClose}>{children}</MenuClosing>
    </Menu>
  );
}
