import type { ReactNode } from 'react';
import styles from './components.module.css';

/** Names and values, one below the other. Entries without a value are left out. */
export function MetadataList({ items }: { items: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className={styles.metadata}>
      {items
        .filter(({ value }) => value !== undefined && value !== null && value !== '')
        .map(({ label, value }) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
