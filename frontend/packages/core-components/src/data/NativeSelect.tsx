import { ChevronDown } from 'lucide-react';
import styles from './data.module.css';

export interface NativeSelectProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
}

/** A choice among many, in the browser's own list. */
export function NativeSelect<T extends string>({ label, value, options, onChange }: NativeSelectProps<T>) {
  return (
    <span className={styles.select}>
      <select aria-label={label} value={value} onChange={event => onChange(event.target.value as T)}>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden />
    </span>
  );
}
