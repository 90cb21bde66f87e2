import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import type { HeaderActionMenuItem } from './HeaderActionMenu';

/** What a `HeaderActionMenu` opens. */
export function ActionMenuList(props: { anchor: HTMLElement | undefined; items: readonly HeaderActionMenuItem[]; onClose(): void }) {
  const { anchor, items, onClose } = props;
  return (
    <Menu open={Boolean(anchor)} anchorEl={anchor} onClose={onClose}>
      {items.map(({ label, secondaryLabel, icon, disabled, onClick }, index) => (
        <MenuItem
          key={index}
          disabled={disabled}
          onClick={event => {
            onClose();
            onClick?.(event);
          }}
        >
          {icon}
          <ListItemText primary={label} secondary={secondaryLabel} />
        </MenuItem>
      ))}
    </Menu>
  );
}
