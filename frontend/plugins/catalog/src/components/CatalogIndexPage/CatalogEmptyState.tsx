import { EmptyState } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { FileCode2, SearchX, Star, UserRound } from 'lucide-react';
import { Link } from 'react-router-dom';
import { changeState, clearFilters, isFiltered, type CatalogState } from '../../lib/catalogState';
import { EXAMPLE_DESCRIPTOR, useMessages } from '../../translation';

/** Says why there are no rows, and what to do about it. */
export function CatalogEmptyState(props: {
  state: CatalogState;
  createLink: string | undefined;
  onChange(state: CatalogState): void;
}) {
  const messages = useMessages();
  const text = messages.index.empty;
  const { state, createLink, onChange } = props;
  if (isFiltered(state)) {
    return (
      <EmptyState
        icon={SearchX}
        title={text.filteredTitle}
        description={text.filteredText}
        action={<Button onClick={() => onChange(clearFilters(state))}>{messages.index.clear}</Button>}
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
        action={<Button onClick={() => onChange(changeState(state, { list: 'all' }))}>{text.showAll}</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={FileCode2}
      title={text.noneTitle}
      description={text.noneText}
      example={{ text: EXAMPLE_DESCRIPTOR, language: 'yaml', label: 'catalog-info.yaml' }}
      action={
        createLink && (
          <Button component={Link} to={createLink} variant="contained" color="primary">
            {messages.index.register}
          </Button>
        )
      }
    />
  );
}
