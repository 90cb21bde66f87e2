import { useListCounts } from '../../hooks/useFacets';
import { changeState, type CatalogState, type ListName } from '../../lib/catalogState';
import type { PersonalRefs } from '../../lib/selection';
import { messages } from '../../messages';
import styles from './catalogIndex.module.css';

const LISTS: readonly ListName[] = ['all', 'owned', 'starred'];

/** All, what I own, what I starred. */
export function ListPicker(props: {
  state: CatalogState;
  personal: PersonalRefs | undefined;
  onChange(state: CatalogState): void;
}) {
  const { state, personal, onChange } = props;
  const counts = useListCounts(state, personal);
  return (
    <div className={styles.segments} role="group" aria-label={messages.index.listLabel}>
      {LISTS.map(list => (
        <button
          key={list}
          type="button"
          className={styles.segment}
          aria-pressed={state.list === list}
          onClick={() => onChange(changeState(state, { list }))}
        >
          {messages.index.lists[list]}
          <span className={styles.facetCount}>{counts[list]?.toLocaleString('en')}</span>
        </button>
      ))}
    </div>
  );
}
