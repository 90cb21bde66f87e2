import type { ReactNode } from 'react';
import { classes } from '../lib/classes';
import styles from './components.module.css';

/** A short word about something. */
export function Tag({ tone, children }: { tone?: 'success' | 'warning' | 'danger' | 'info'; children?: ReactNode }) {
  return <span className={classes(styles.tag, tone && styles[tone])}>{children}</span>;
}

/** A key of the keyboard. */
export function Kbd({ children }: { children: string }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}

/** Text for those who listen to the page. */
export function VisuallyHidden({ children }: { children?: ReactNode }) {
  return <span className={styles.visuallyHidden}>{children}</span>;
}
