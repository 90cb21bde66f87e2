import { TabStripLink } from '@callboard/core-components';
import { lazy, Suspense } from 'react';

const TabMenu = lazy(() => import('./TabMenu').then(m => ({ default: m.TabMenu })));

export interface TabLink {
  title: string;
  to: string;
  /** Whether only this very path is the tab's. */
  end: boolean;
  /** Further attributes of its link. */
  tabProps?: Record<string, unknown>;
}

/** One tab, or a menu of those that belong together. */
export function TabGroup({ title, links }: { title: string; links: readonly TabLink[] }) {
  const [first] = links;
  if (links.length === 1 && first) {
    return (
      <TabStripLink {...first.tabProps} to={first.to} end={first.end}>
        {first.title}
      </TabStripLink>
    );
  }
  return (
    <Suspense>
      <TabMenu title={title} links={links} />
    </Suspense>
  );
}
