import { Keyboard, Search } from 'lucide-react';
import { Kbd } from '../components/Tag';
import { classes } from '../lib/classes';
import { useMessages } from '../translation';
import { Brand } from './Brand';
import { SidebarExpandButton } from '../sidebar/SidebarParts';
import { Hint, SidebarItem } from '../sidebar/SidebarItem';
import { SidebarContext } from '../sidebar/state';
import type { NavigationGroup, NavigationItem } from './navigation';
import { UserMenu } from './UserMenu';
import styles from './shell.module.css';

/** The portal's entries, with search on top and the person at the foot. */
export function ShellSidebar(props: {
  navigation: readonly NavigationGroup[];
  organization: string;
  /** Shows icons only. */
  narrow?: boolean;
  /** Shown inside of a sheet on phones, which has no use for folding. */
  sheet?: boolean;
  personal?: readonly NavigationItem[];
  /** Absent where nothing can be searched. */
  onSearch?(): void;
  onShowKeys(): void;
}) {
  const text = useMessages().shell;
  const { navigation, organization, narrow = false, sheet, personal, onSearch, onShowKeys } = props;
  return (
    <div className={classes(styles.sidebar, narrow && styles.narrow, sheet && styles.sheet)}>
      <Brand organization={organization} />
      {onSearch && (
        <Hint narrow={narrow} title={text.search}>
          <button type="button" className={classes(styles.item, styles.search)} onClick={onSearch}>
            <Search size={16} aria-hidden />
            <span className={styles.label}>{text.search}</span>
            <Kbd>Ctrl K</Kbd>
          </button>
        </Hint>
      )}
      <nav aria-label={text.navigation} className={styles.groups}>
        {navigation.map(({ title, items }, index) => (
          <div key={title ?? index}>
            {title && <p className={styles.groupTitle}>{title}</p>}
            <ul className={styles.group}>
              {items.map(item => (
                <li key={'to' in item ? item.to : item.id}>
                  <SidebarContext value={{ narrow, label: item.label, icon: item.icon }}>
                    {'to' in item ? <SidebarItem to={item.to} /> : item.element}
                  </SidebarContext>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className={styles.foot}>
        <Hint narrow={narrow} title={text.keys}>
          <button type="button" className={styles.item} onClick={onShowKeys}>
            <Keyboard size={16} aria-hidden />
            <span className={styles.label}>{text.keys}</span>
          </button>
        </Hint>
        <SidebarContext value={{ narrow, label: '' }}>
          <SidebarExpandButton />
        </SidebarContext>
        <UserMenu items={personal} />
      </div>
    </div>
  );
}
