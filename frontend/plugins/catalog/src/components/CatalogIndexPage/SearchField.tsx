import { useHotkey } from '@callboard/core-components';
import { Search } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useNavigationType } from 'react-router-dom';
import { changeState, type CatalogState } from '../../lib/catalogState';
import { messages } from '../../messages';
import styles from './catalogIndex.module.css';

/** Long enough to let a fast typist finish a syllable, short enough to feel like none. */
const DEBOUNCE_MS = 80;

/** Filters the table while one types. */
export function SearchField(props: {
  state: CatalogState;
  label: string;
  onChange(state: CatalogState, options?: { replace?: boolean }): void;
}) {
  const { state, label, onChange } = props;
  const navigation = useNavigationType();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(state.text);
  const [known, setKnown] = useState(state.text);
  if (known !== state.text) {
    setKnown(state.text);
    // What is typed reaches the URL by replacing it, later than the next letter may come. Only what arrives otherwise,
    // by going back or by clearing the filters, comes from elsewhere and belongs into the field.
    if (navigation !== 'REPLACE') {
      setTyped(state.text);
    }
  }

  const commit = useEffectEvent((text: string) => onChange(changeState(state, { text }), { replace: true }));
  const pending = typed.trim() !== state.text;
  useEffect(() => {
    if (!pending) {
      return undefined;
    }
    const timer = setTimeout(() => commit(typed.trim()), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [typed, pending]);

  useHotkey(['f'], messages.index.searchKey, event => {
    event.preventDefault();
    input.current?.select();
    input.current?.focus();
  });

  return (
    <div className={styles.search} role="search">
      <Search size={14} aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={typed}
        maxLength={200}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') {
            setTyped('');
            event.currentTarget.blur();
          }
        }}
      />
    </div>
  );
}
