import { Children, cloneElement, Fragment, isValidElement, type ReactElement, type ReactNode } from 'react';
import { useIsPhone } from '../hooks/useMediaQuery';
import styles from '../shell/shell.module.css';
import { DrawnIcon, SidebarItem } from './SidebarItem';

export interface SidebarGroupProps {
  /** Names it: to those who listen, and on phones to all. */
  label?: string;
  icon?: ReactElement;
  /** Where the group leads on phones, in place of its entries; and everywhere where it has none. */
  to?: string;
  /** On phones a group with more of it comes before those with less; without, it has 0. */
  priority?: number;
  children?: ReactNode;
}

/** Entries that belong together. On phones, where there is no room for all that a column shows, it is a heading above them, or one entry. */
export function SidebarGroup({ label, icon, to, children }: SidebarGroupProps) {
  const phone = useIsPhone();
  const isEntry = to !== undefined && label !== undefined && (phone || children === undefined);
  return (
    <div role="group" aria-label={label} className={styles.group}>
      {phone && !isEntry && label && (
        <p className={styles.groupTitle} aria-hidden>
          {icon && <DrawnIcon>{icon}</DrawnIcon>}
          {label}
        </p>
      )}
      {isEntry ? <SidebarItem text={label} icon={icon} to={to} /> : children}
    </div>
  );
}

/** What a phone shows of a sidebar: groups in the order of their priority, and everything else where it stands. */
export function byPriority(children: ReactNode): ReactNode {
  const parts = flatten(children);
  const groups = parts.filter(isGroup).sort((a, b) => (b.props.priority ?? 0) - (a.props.priority ?? 0));
  return parts.map(part => (isGroup(part) ? groups.shift() : part));
}

/** The parts of a sidebar, those in fragments too, each with a key of its own. */
function flatten(children: ReactNode): ReactNode[] {
  return Children.toArray(children).flatMap(child => {
    if (!isValidElement<{ children?: ReactNode }>(child) || child.type !== Fragment) {
      return [child];
    }
    const parts = flatten(child.props.children);
    return parts.map(part => (isValidElement(part) ? cloneElement(part, { key: `${child.key}/${part.key}` }) : part));
  });
}

function isGroup(part: ReactNode): part is ReactElement<SidebarGroupProps> {
  return isValidElement(part) && part.type === SidebarGroup;
}
