import type { ReactNode } from 'react';
import styles from './cards.module.css';

/** The rows of a card, below each other. */
export function Rows({ children }: { children?: ReactNode }) {
  return <ul className={styles.rows}>{children}</ul>;
}

/** One row, with a fact to its right. */
export function Row({ fact, children }: { fact?: ReactNode; children?: ReactNode }) {
  return (
    <li className={styles.row}>
      <span className={styles.what}>{children}</span>
      {fact && <span className={styles.fact}>{fact}</span>}
    </li>
  );
}
