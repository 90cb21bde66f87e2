import { useFormats } from '@callboard/core-components';
import { useState, type ReactNode } from 'react';
import styles from './entityIndex.module.css';

/** A value to filter by, and how many entities have it. */
export function FacetOption(props: {
  checked: boolean;
  count: number | undefined;
  icon?: ReactNode;
  title?: string;
  onToggle(): void;
  children: ReactNode;
}) {
  const formats = useFormats();
  const { checked, count, icon, title, onToggle, children } = props;
  // What is pressed shows at once, what it leads to when the rows have been asked for.
  const [pressed, setPressed] = useState({ of: checked, checked });
  if (pressed.of !== checked) {
    setPressed({ of: checked, checked });
  }
  const shown = pressed.of === checked ? pressed.checked : checked;
  const toggle = () => {
    setPressed({ of: checked, checked: !shown });
    onToggle();
  };
  return (
    <label className={styles.option}>
      <input type="checkbox" checked={shown} onChange={toggle} />
      {icon && <span aria-hidden>{icon}</span>}
      <span className={styles.facetLabel} title={title}>
        {children}
      </span>
      <span className={styles.facetCount}>{count !== undefined && formats.number(count)}</span>
    </label>
  );
}
