import { lazy, Suspense } from 'react';
import { NavLink } from 'react-router-dom';
import styles from './EntityLayout.module.css';

const TabMenu = lazy(() => import('./TabMenu').then(m => ({ default: m.TabMenu })));

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
  return (
    <Suspense>
      <TabMenu title={title} links={links} />
    </Suspense>
  );
}
