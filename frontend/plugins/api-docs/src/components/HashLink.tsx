import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router-dom';
import styles from './schema.module.css';

/** A link to another part of the document that the page shows. What else the address says stays. */
export function HashLink({ to, current, children }: { to: string; current?: boolean; children: ReactNode }) {
  const { pathname, search } = useLocation();
  return (
    <Link className={styles.link} to={{ pathname, search, hash: `#${encodeURI(to)}` }} replace preventScrollReset aria-current={current ? 'true' : undefined}>
      {children}
    </Link>
  );
}
