import { useId } from 'react';
import { useMessages } from '../../translation';
import type { ChangeIndex } from '../hooks/useChange';
import { useStatusCounts } from '../hooks/useFacets';
import { STATUS_NAMES, toggleStatus, type IndexState, type StatusName } from '../lib/indexState';
import type { KnownRefs } from '../lib/selection';
import { FacetOption } from './FacetOption';
import styles from './entityIndex.module.css';

/** What is wrong with entities: could not be processed, or is declared by nothing any more. */
export function StatusFilter(props: {
  state: IndexState;
  known: KnownRefs | undefined;
  onChange: ChangeIndex;
}) {
  const { state, known, onChange } = props;
  const counts = useStatusCounts(state, known);
  return <StatusOptions selected={state.statuses} counts={counts} onToggle={name => onChange(before => toggleStatus(before, name))} />;
}

/** The same of any list. */
export function StatusOptions(props: {
  selected: readonly StatusName[];
  counts?: Partial<Record<StatusName, number>>;
  onToggle(name: StatusName): void;
}) {
  const text = useMessages().index;
  const { selected, counts, onToggle } = props;
  const headingId = useId();
  return (
    <section className={styles.facet} aria-labelledby={headingId}>
      <h2 id={headingId} className={styles.facetTitle}>
        {text.status}
      </h2>
      <ul>
        {STATUS_NAMES.map(name => (
          <li key={name}>
            <FacetOption
              checked={selected.includes(name)}
              count={counts?.[name]}
              title={text.statusHints[name]}
              onToggle={() => onToggle(name)}
            >
              {text.statuses[name]}
            </FacetOption>
          </li>
        ))}
      </ul>
    </section>
  );
}
