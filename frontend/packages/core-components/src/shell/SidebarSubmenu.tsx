import type { IconOrName } from '@callboard/core-plugin-api';
import { ChevronRight } from 'lucide-react';
import { lazy, Suspense, use, useState } from 'react';
import { AppIcon } from '../components/AppIcon';
import type { NavigationItem } from './navigation';
import styles from './shell.module.css';
import { Hint, SidebarContext } from './SidebarItem';

// As little needed at first as the person's menu.
const SidebarMenu = lazy(() => import('./SidebarMenu').then(m => ({ default: m.SidebarMenu })));

/** An entry of the sidebar that opens a menu of links. */
export function SidebarSubmenu(props: { items: readonly NavigationItem[]; label?: string; icon?: IconOrName }) {
  const entry = use(SidebarContext);
  const { items, label = entry.label, icon = entry.icon } = props;
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Hint narrow={entry.narrow} title={label}>
        <button
          type="button"
          className={styles.item}
          aria-haspopup="menu"
          aria-expanded={Boolean(anchor)}
          onClick={event => {
            setAnchor(event.currentTarget);
            setOpened(true);
          }}
        >
          <AppIcon icon={icon} />
          <span className={styles.label}>{label}</span>
          <ChevronRight size={14} className={styles.chevron} aria-hidden />
        </button>
      </Hint>
      {opened && (
        <Suspense>
          <SidebarMenu anchor={anchor} onClose={() => setAnchor(undefined)} items={items} />
        </Suspense>
      )}
    </>
  );
}
