import { SearchInput } from '@callboard/core-components';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useNavigationType } from 'react-router-dom';
import { useMessages } from '../../translation';
import type { ChangeIndex } from '../hooks/useChange';
import { changeState, type IndexState } from '../lib/indexState';

/** Keys struck faster than this after each other are one change; whoever types slower sees at once what each letter leads to. */
const PAUSE_MS = 40;

/** Filters the table while one types. */
export function SearchField(props: {
  state: IndexState;
  label: string;
  onChange: ChangeIndex;
}) {
  const text = useMessages().index;
  const { state, label, onChange } = props;
  const navigation = useNavigationType();
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

  const commit = useEffectEvent((text: string) => onChange(before => changeState(before, { text }), { replace: true }));
  const last = useRef(-PAUSE_MS);
  const pending = typed.trim() !== state.text;
  useEffect(() => {
    if (!pending) {
      return undefined;
    }
    const now = performance.now();
    const wait = now - last.current < PAUSE_MS ? PAUSE_MS : 0;
    last.current = now;
    const timer = setTimeout(() => commit(typed.trim()), wait);
    return () => clearTimeout(timer);
  }, [typed, pending]);

  return <SearchInput label={label} placeholder={text.searchBy} value={typed} onChange={setTyped} />;
}
