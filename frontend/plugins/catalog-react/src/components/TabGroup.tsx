import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { NavLink, useLocation } from 'react-router-dom';
import styles from './EntityLayout.module.css';

export interface TabLink {
  title: string;
  to: string;
  /** Whether only this very path is the tab's. */
  end: boolean;
}

/** One tab, or a menu of those that belong together. */
export function TabGroup({ title, links }: { title: string; links: readonly TabLink[] }) {
  const [first] = links;
  if (links.length === 1 && first) {
    return (
      <NavLink to={first.to} end={first.end} className={styles.tab}>
        {first.title}
      </NavLink>
    );
  }
  return <TabMenu title={title} links={links} />;
}

function TabMenu({ title, links }: { title: string; links: readonly TabLink[] }) {
  const [anchor, setAnchor] = useState<HTMLElement>();
  const { pathname } = useLocation();
  const current = links.find(({ to, end }) => pathname === to || (!end && pathname.startsWith(`${to}/`)));
  return (
    <>
      <button
        type="button"
        className={styles.tab}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        aria-current={current ? 'page' : undefined}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {title}
        {current && ` · ${current.title}`}
        <ChevronDown size={14} aria-hidden />
      </button>
      <Menu open={Boolean(anchor)} anchorEl={anchor} onClose={() => setAnchor(undefined)}>
        {links.map(({ title: label, to, end }) => (
          <MenuItem key={to} component={NavLink} to={to} end={end} selected={current?.to === to} onClick={() => setAnchor(undefined)}>
            {label}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
