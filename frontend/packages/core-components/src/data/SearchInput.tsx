import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useHotkey } from '../lib/hotkeys';
import styles from './data.module.css';

/** A field that filters what stands below it while one types. `f` goes there, Esc empties it. */
export function SearchInput(props: {
  label: string;
  /** What the empty field says where its label would be too long for it. */
  placeholder?: string;
  value: string;
  onChange(value: string): void;
}) {
  const { label, placeholder = label, value, onChange } = props;
  const input = useRef<HTMLInputElement>(null);
  useHotkey(['f'], label, event => {
    event.preventDefault();
    input.current?.focus();
    input.current?.select();
  });
  return (
    <div className={styles.search} role="search">
      <Search size={14} aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        maxLength={200}
        onChange={event => onChange(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') {
            onChange('');
            event.currentTarget.blur();
          }
        }}
      />
    </div>
  );
}
