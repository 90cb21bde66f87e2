import type { ReactNode } from 'react';
import styles from './text.module.css';

/** A line that is cut off where its place ends, as a cell of a table has it; the whole of it on hover. */
export function Cut({ title, children }: { title: string | undefined; children: ReactNode }) {
  return (
    <span className={styles.cutLine} title={title}>
      {children}
    </span>
  );
}
