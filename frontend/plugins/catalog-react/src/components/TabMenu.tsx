import { TabStripButton } from '@callboard/core-components';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { NavLink, useLocation } from 'react-router-dom';
import type { TabLink } from './TabGroup';

/** Tabs that belong together, in a menu. */
export function TabMenu({ title, links }: { title: string; links: readonly TabLink[] }) {
  const [anchor, setAnchor] = useState<HTMLElement>();
  const { pathname } = useLocation();
  const current = links.find(({ to, end }) => pathname === to || (!end && pathname.startsWith(`${to}/`)));
  return (
    <>
      <TabStripButton
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        aria-current={current ? 'page' : undefined}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {title}
        {current && ` · ${current.title}`}
        <ChevronDown size={14} aria-hidden />
      </TabStripButton>
      <Menu open={Boolean(anchor)} anchorEl={anchor} onClose={() => setAnchor(undefined)}>
        {links.map(({ title: label, to, end, tabProps }) => (
          <MenuItem key={to} {...tabProps} component={NavLink} to={to} end={end} selected={current?.to === to} onClick={() => setAnchor(undefined)}>
            {label}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
