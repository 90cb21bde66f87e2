import { EmptyState } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { SearchX } from 'lucide-react';
import { useSuggestions } from '../../hooks/useSuggestions';
import { clearFilters, isFiltered, type SearchState } from '../../lib/searchState';
import { useMessages } from '../../translation';
import { FirstPage } from './FirstPage';
import styles from './SearchPage.module.css';

/** Says that nothing is found, and which questions near to this one do find something. */
export function Nothing({ state, onChange }: { state: SearchState; onChange(state: SearchState): void }) {
  const messages = useMessages();
  const suggestions = useSuggestions(state);
  if (state.cursor) {
    return <EmptyState icon={SearchX} title={messages.pastTitle} action={<FirstPage onClick={() => onChange({ ...state, cursor: '' })} />} />;
  }
  return (
    <>
      <EmptyState
        icon={SearchX}
        title={messages.noneTitle(state.term.trim())}
        description={isFiltered(state) ? messages.noneFiltered : messages.noneText}
        action={isFiltered(state) && <Button onClick={() => onChange(clearFilters(state))}>{messages.filters.clear}</Button>}
      />
      {suggestions.length > 0 && (
        <section aria-label={messages.suggestions.title} className={styles.suggestions}>
          <h2>{messages.suggestions.title}</h2>
          <ul>
            {suggestions.map(({ kind, term, state: next, count }) => (
              <li key={`${kind} ${term}`}>
                <button type="button" className={styles.suggestion} onClick={() => onChange(next)}>
                  {messages.suggestions[kind](term)}
                </button>{' '}
                <span className={styles.note}>{messages.found(count)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
