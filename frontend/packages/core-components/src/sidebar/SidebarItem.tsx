import type { IconOrName } from '@callboard/core-plugin-api';
import { ChevronRight } from 'lucide-react';
import { isValidElement, lazy, Suspense, use, useState, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { NavLink } from 'react-router-dom';
import { AppIcon } from '../components/AppIcon';
import { isExternalUrl, Link } from '../links/Link';
import { useClickEvent } from '../links/useClickEvent';
import { classes } from '../lib/classes';
import styles from '../shell/shell.module.css';
import { SidebarContext } from './state';

const Tooltip = lazy(() => import('@mui/material/Tooltip'));
// As little needed at first as the person's menu.
const SidebarMenu = lazy(() => import('./SidebarMenu').then(m => ({ default: m.SidebarMenu })));

export interface SidebarItemProps {
  /** What it is called, and its icon; those of the navigation entry where it has none itself. */
  text?: string;
  icon?: IconOrName | ReactElement;
  /** A path of the portal, or an address elsewhere. Without, the entry is a button. */
  to?: string;
  onClick?(event: MouseEvent<HTMLElement>): void;
  /** Marks it with a dot. */
  hasNotifications?: boolean;
  /** Keeps clicks from analytics. */
  noTrack?: boolean;
  className?: string;
  /** A `SidebarSubmenu`, which the entry opens; anything else stands at its end. */
  children?: ReactNode;
  /** Whether the children are a menu; so they are without a path and something to do. */
  hasSubmenu?: boolean;
}

/** An entry of the sidebar: a link, a button, or what opens a menu of links. */
export function SidebarItem(props: SidebarItemProps) {
  const entry = use(SidebarContext);
  const { text = entry.label, icon = entry.icon, to, onClick, hasNotifications, noTrack, children } = props;
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [opened, setOpened] = useState(false);
  const click = useClickEvent(to ?? '', { onClick, noTrack });
  const opensMenu = props.hasSubmenu ?? (Boolean(children) && !to && !onClick);
  const className = classes(styles.item, props.className);
  const content = (
    <>
      {isValidElement(icon) ? <DrawnIcon>{icon}</DrawnIcon> : <AppIcon icon={icon} />}
      <span className={styles.label}>{text}</span>
      {hasNotifications && <span className={styles.dot} aria-hidden />}
      {opensMenu ? <ChevronRight size={14} className={styles.chevron} aria-hidden /> : children}
    </>
  );
  if (opensMenu) {
    const open = (event: MouseEvent<HTMLElement>) => {
      onClick?.(event);
      setAnchor(event.currentTarget);
      setOpened(true);
    };
    return (
      <>
        <Hint narrow={entry.narrow} title={text}>
          <button type="button" className={className} aria-haspopup="menu" aria-expanded={Boolean(anchor)} onClick={open}>
            {content}
          </button>
        </Hint>
        {opened && (
          <Suspense>
            <SidebarMenu anchor={anchor} label={text} onClose={() => setAnchor(undefined)}>
              {children}
            </SidebarMenu>
          </Suspense>
        )}
      </>
    );
  }
  return (
    <Hint narrow={entry.narrow} title={text}>
      {to === undefined ? (
        <button type="button" className={className} onClick={onClick}>
          {content}
        </button>
      ) : isExternalUrl(to) ? (
        <Link to={to} className={className} onClick={onClick} noTrack={noTrack} externalLinkIcon={!entry.narrow}>
          {content}
        </Link>
      ) : (
        <NavLink to={to} onClick={click} className={className}>
          {content}
        </NavLink>
      )}
    </Hint>
  );
}

/** An icon that an app has drawn itself, as large as all others. */
export function DrawnIcon({ children }: { children: ReactNode }) {
  return (
    <span className={styles.drawnIcon} aria-hidden>
      {children}
    </span>
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
