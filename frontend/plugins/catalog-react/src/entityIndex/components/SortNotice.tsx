import Button from '@mui/material/Button';
import { useEntityColumns } from '../../components/EntityTable';
import { useMessages } from '../../translation';
import type { ChangeIndex } from '../hooks/useChange';
import { DEFAULT_SORT, changeState, type IndexState } from '../lib/indexState';
import styles from './entityIndex.module.css';

/** Says how many rows the order leaves out, for want of a value to be ordered by. */
export function SortNotice(props: { state: IndexState; hidden: number; onChange: ChangeIndex }) {
  const messages = useMessages();
  const { available } = useEntityColumns();
  const { state, hidden, onChange } = props;
  if (hidden === 0) {
    return undefined;
  }
  const column = available(state.kind).find(({ sortField }) => sortField === state.sort.field);
  return (
    <p className={styles.notice}>
      {messages.index.sortHides(hidden, (column?.title ?? state.sort.field).toLowerCase())}
      <Button variant="text" onClick={() => onChange(before => changeState(before, { sort: DEFAULT_SORT }))}>
        {messages.index.sortReset}
      </Button>
    </p>
  );
}
