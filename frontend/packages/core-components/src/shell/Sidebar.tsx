import { Keyboard, PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import { lazy, Suspense, type ReactNode } from 'react';
import { NavLink } from 'react-router-dom';
import { AppIcon } from '../components/AppIcon';
import { isExternalUrl, Link } from '../components/Link';
import { useClickEvent } from '../components/useClickEvent';
import { Kbd } from '../components/Tag';
import { classes } from '../lib/classes';
import { useMessages } from '../translation';
import { Brand } from './Brand';
import type { NavigationGroup, NavigationItem } from './navigation';
import { UserMenu } from './UserMenu';
import styles from './shell.module.css';

const Tooltip = lazy(() => import('@mui/material/Tooltip'));

/** The portal's entries, with search on top and the person at the foot. */
export function Sidebar(props: {
  navigation: readonly NavigationGroup[];
  organization: string;
  /** Shows icons only. */
  narrow?: boolean;
  /** Shown inside of a sheet on phones, which has no use for folding. */
  sheet?: boolean;
  personal?: readonly NavigationItem[];
  onFold?(): void;
  /** Absent where nothing can be searched. */
  onSearch?(): void;
  onShowKeys(): void;
}) {
  const text = useMessages().shell;
  const { navigation, organization, narrow = false, sheet, personal, onFold, onSearch, onShowKeys } = props;
  const FoldIcon = narrow ? PanelLeftOpen : PanelLeftClose;
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
                <li key={item.to}>
                  <Hint narrow={narrow} title={item.label}>
                    <NavigationLink item={item} />
                  </Hint>
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
        {onFold && (
          <Hint narrow={narrow} title={text.unfold}>
            <button type="button" className={styles.item} onClick={onFold}>
              <FoldIcon size={16} aria-hidden />
              <span className={styles.label}>{narrow ? text.unfold : text.fold}</span>
            </button>
          </Hint>
        )}
        <UserMenu items={personal} />
      </div>
    </div>
  );
}

function NavigationLink({ item: { label, icon, to } }: { item: NavigationItem }) {
  const click = useClickEvent(to, {});
  const content = (
    <>
      <AppIcon icon={icon} />
      <span className={styles.label}>{label}</span>
    </>
  );
  return isExternalUrl(to) ? (
    <Link to={to} className={styles.item}>
      {content}
    </Link>
  ) : (
    <NavLink to={to} onClick={click} className={styles.item}>
      {content}
    </NavLink>
  );
}

/** Says in a tooltip what an icon alone does not. */
function Hint({ narrow, title, children }: { narrow: boolean; title: string; children: ReactNode }) {
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
