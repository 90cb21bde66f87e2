import { EmptyState } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { SearchX, Star, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../translation';
import type { ChangeIndex } from '../hooks/useChange';
import { changeState, clearFilters, isFiltered, type IndexState } from '../lib/indexState';

/** Says why there are no rows, and what to do about it. */
export function NoRows(props: {
  state: IndexState;
  /** Where nothing is to be listed at all. */
  empty: ReactNode;
  onChange: ChangeIndex;
}) {
  const messages = useMessages();
  const text = messages.index.empty;
  const { state, empty, onChange } = props;
  if (isFiltered(state)) {
    return (
      <EmptyState
        icon={SearchX}
        title={text.filteredTitle}
        description={text.filteredText}
        action={<Button onClick={() => onChange(clearFilters)}>{messages.index.clear}</Button>}
      />
    );
  }
  if (state.list !== 'all') {
    const owned = state.list === 'owned';
    return (
      <EmptyState
        icon={owned ? UserRound : Star}
        title={owned ? text.ownedTitle : text.starredTitle}
        description={owned ? text.ownedText : text.starredText}
        action={<Button onClick={() => onChange(before => changeState(before, { list: 'all' }))}>{text.showAll}</Button>}
      />
    );
  }
  return empty;
}
