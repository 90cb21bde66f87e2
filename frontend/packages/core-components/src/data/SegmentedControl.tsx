import type { ReactNode } from 'react';
import { useFormats } from '../lib/useFormats';
import styles from './data.module.css';

export interface Segment<T extends string> {
  value: T;
  label: ReactNode;
  /** Shown after the label. */
  count?: number;
}

/** A choice among a few, all in view. */
export function SegmentedControl<T extends string>(props: {
  label: string;
  segments: readonly Segment<T>[];
  /** Undefined while it is not known which. */
  value: T | undefined;
  onChange(value: T): void;
}) {
  const formats = useFormats();
  const { label, segments, value, onChange } = props;
  return (
    <div className={styles.segments} role="group" aria-label={label}>
      {segments.map(segment => (
        <button
          key={segment.value}
          type="button"
          className={styles.segment}
          aria-pressed={segment.value === value}
          onClick={() => onChange(segment.value)}
        >
          {segment.label}{' '}
          {segment.count !== undefined && <span className={styles.count}>{formats.number(segment.count)}</span>}
        </button>
      ))}
    </div>
  );
}
