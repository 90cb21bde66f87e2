import type { IconOrName } from '@callboard/core-plugin-api';
import { createContext, lazy, Suspense, use, type ReactNode } from 'react';
import { NavLink } from 'react-router-dom';
import { AppIcon } from '../components/AppIcon';
import { isExternalUrl, Link } from '../components/Link';
import { useClickEvent } from '../components/useClickEvent';
import styles from './shell.module.css';

const Tooltip = lazy(() => import('@mui/material/Tooltip'));

/** What the sidebar says about the entry that is drawn: what it is called unless it knows better, and whether only its icon is seen. */
export const SidebarContext = createContext<{ narrow: boolean; label: string; icon?: IconOrName }>({ narrow: false, label: '' });

/** A link in the sidebar. What it is called, and its icon, are those of the navigation entry unless it has its own. */
export function SidebarItem(props: { to: string; label?: string; icon?: IconOrName }) {
  const entry = use(SidebarContext);
  const { to, label = entry.label, icon = entry.icon } = props;
  const click = useClickEvent(to, {});
  const content = (
    <>
      <AppIcon icon={icon} />
      <span className={styles.label}>{label}</span>
    </>
  );
  return (
    <Hint narrow={entry.narrow} title={label}>
      {isExternalUrl(to) ? (
        <Link to={to} className={styles.item}>
          {content}
        </Link>
      ) : (
        <NavLink to={to} onClick={click} className={styles.item}>
          {content}
        </NavLink>
      )}
    </Hint>
  );
}

/** Says in a tooltip what an icon alone does not. */
export function Hint({ narrow, title, children }: { narrow: boolean; title: string; children: ReactNode }) {
  if (!narrow) {
    return children;
  }
  return (
    <Suspense fallback={<span>{children}</span>}>
      <Tooltip title={title} placement="right" describeChild>
        <span>{children}</span>
      </Tooltip>
    </Suspense>
  );
}
