import type { ReactNode } from 'react';
import styles from './table.module.css';

/** A value with another below it, for a cell of a table. */
export function SubvalueCell({ value, subvalue }: { value: ReactNode; subvalue: ReactNode }) {
  return (
    <>
      <div>{value}</div>
      <div className={styles.subvalue}>{subvalue}</div>
    </>
  );
}
