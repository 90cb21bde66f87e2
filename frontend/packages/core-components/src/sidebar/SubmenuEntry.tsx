import ListSubheader from '@mui/material/ListSubheader';
import MenuItem from '@mui/material/MenuItem';
import { use, type ReactNode } from 'react';
import { AppIcon } from '../components/AppIcon';
import { Link } from '../links/Link';
import styles from '../shell/shell.module.css';
import { MenuClosing, type SidebarSubmenuItemProps } from './SidebarSubmenu';

/** Says what the links below it are. */
export function SubmenuTitle({ children }: { children?: ReactNode }) {
  return (
    <ListSubheader disableSticky role="presentation" sx={{ fontSize: '0.75rem', lineHeight: '28px', px: 1, bgcolor: 'transparent' }}>
      {children}
    </ListSubheader>
  );
}

/** How a submenu shows a link, or a title with links. */
export function SubmenuEntry({ title, subtitle, to, icon, dropdownItems }: SidebarSubmenuItemProps) {
  const close = use(MenuClosing);
  if (dropdownItems) {
    return (
      <>
        <SubmenuTitle>{title}</SubmenuTitle>
        {dropdownItems.map(item => (
          <SubmenuEntry key={item.to} {...item} />
        ))}
      </>
    );
  }
  return (
    <MenuItem component={Link} to={to ?? ''} onClick={close} title={title}>
      {icon && <AppIcon icon={icon} size={14} />}
      <span className={styles.submenuText}>
        {title}
        {subtitle && <small>{subtitle}</small>}
      </span>
    </MenuItem>
  );
}
