import type { QueryEntitiesResponse } from '@callboard/catalog-client';
import IconButton from '@mui/material/IconButton';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMessages } from '../../translation';
import type { ChangeIndex } from '../hooks/useChange';
import { changeState, PAGE_SIZES, type IndexState } from '../lib/indexState';
import styles from './entityIndex.module.css';

/** Where in the whole the page is, and the ways on and back. */
export function Pager(props: {
  state: IndexState;
  page: QueryEntitiesResponse | undefined;
  onNext(): void;
  onPrevious(): void;
  onChange: ChangeIndex;
}) {
  const text = useMessages().index;
  const { state, page, onNext, onPrevious, onChange } = props;
  if (!page || page.totalItems === 0) {
    return undefined;
  }
  const to = Math.min(state.from + page.items.length - 1, page.totalItems);
  return (
    <nav className={styles.pager} aria-label={text.pages}>
      <label className={styles.pageSize}>
        {text.pageSize}
        <select
          value={state.pageSize}
          onChange={event => onChange(before => changeState(before, { pageSize: Number(event.target.value) }))}
        >
          {PAGE_SIZES.map(size => (
            <option key={size}>{size}</option>
          ))}
        </select>
      </label>
      <span className={styles.range}>{text.range(state.from, to, page.totalItems)}</span>
      <IconButton aria-label={text.previous} disabled={state.from <= 1} onClick={onPrevious}>
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      <IconButton aria-label={text.next} disabled={to >= page.totalItems} onClick={onNext}>
        <ChevronRight size={16} aria-hidden />
      </IconButton>
    </nav>
  );
}
