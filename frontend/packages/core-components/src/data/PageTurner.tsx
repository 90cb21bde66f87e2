import IconButton from '@mui/material/IconButton';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMessages } from '../translation';
import styles from './data.module.css';

/** Where in the whole a page is, and the ways on and back. A way that leads nowhere is undefined. */
export function PageTurner(props: { position?: string; onPrevious: (() => void) | undefined; onNext: (() => void) | undefined }) {
  const messages = useMessages();
  const { position, onPrevious, onNext } = props;
  if (!onPrevious && !onNext) {
    return position ? <p className={styles.position}>{position}</p> : undefined;
  }
  return (
    <nav className={styles.pages} aria-label={messages.table.pages}>
      {position && <span>{position}</span>}
      <IconButton aria-label={messages.table.previousPage} disabled={!onPrevious} onClick={onPrevious}>
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      <IconButton aria-label={messages.table.nextPage} disabled={!onNext} onClick={onNext}>
        <ChevronRight size={16} aria-hidden />
      </IconButton>
    </nav>
  );
}
