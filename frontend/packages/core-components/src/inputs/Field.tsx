import type { ReactNode } from 'react';
import styles from './inputs.module.css';

/** What is asked for, with its name above it. Without an `id` what is inside has a name of its own for those who listen. */
export function Field({ id, label, children }: { id?: string; label: string; children: ReactNode }) {
  return (
    <div className={styles.named}>
      {id ? (
        <label htmlFor={id} className={styles.name}>
          {label}
        </label>
      ) : (
        <span className={styles.name} aria-hidden>
          {label}
        </span>
      )}
      {children}
    </div>
  );
}
