import type { ComponentProps, ReactNode } from 'react';
import { NavLink } from 'react-router-dom';
import { useMessages } from '../translation';
import styles from './layout.module.css';

/** The parts of a page, below its head. Its children are `TabStripLink`s and `TabStripButton`s. */
export function TabStrip({ label, children }: { label?: string; children?: ReactNode }) {
  const { tabs } = useMessages();
  return (
    <nav className={styles.tabStrip} aria-label={label ?? tabs}>
      {children}
    </nav>
  );
}

/** A part of a page, with a path of its own. */
export function TabStripLink(props: Omit<ComponentProps<typeof NavLink>, 'className'>) {
  return <NavLink className={styles.tab} {...props} />;
}

/** Looks like a part of a page, and does something else, such as opening a menu of them. */
export function TabStripButton(props: Omit<ComponentProps<'button'>, 'className' | 'type'>) {
  return <button type="button" className={styles.tab} {...props} />;
}
