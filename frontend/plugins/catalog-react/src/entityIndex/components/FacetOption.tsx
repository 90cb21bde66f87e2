import { useFormats } from '@callboard/core-components';
import type { ReactNode } from 'react';
import styles from './entityIndex.module.css';

/** A value to filter by, and how many entities have it. */
export function FacetOption(props: {
  checked: boolean;
  count: number | undefined;
  title?: string;
  onToggle(): void;
  children: ReactNode;
}) {
  const formats = useFormats();
  const { checked, count, title, onToggle, children } = props;
  return (
    <label className={styles.option}>
      <input type="checkbox" checked={checked} onChange={onToggle} />
      <span className={styles.facetLabel} title={title}>
        {children}
      </span>
      <span className={styles.facetCount}>{count !== undefined && formats.number(count)}</span>
    </label>
  );
}
