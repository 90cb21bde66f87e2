import { X } from 'lucide-react';
import { useEntitiesByRefs } from '../../hooks/useEntitiesByRefs';
import { useMessages } from '../../translation';
import type { ChangeIndex } from '../hooks/useChange';
import { facetTitle } from '../lib/facetTitle';
import {
  changeState,
  clearFilters,
  FACET_NAMES,
  isFiltered,
  toggleFacet,
  toggleStatus,
  type IndexState,
} from '../lib/indexState';
import styles from './entityIndex.module.css';

/** What is set, each with a button that takes it away. */
export function ActiveFilters({ state, onChange }: { state: IndexState; onChange: ChangeIndex }) {
  const text = useMessages().index;
  const titles = useEntitiesByRefs(state.facets.owner);
  if (!isFiltered(state)) {
    return undefined;
  }
  const chips: { key: string; facet: string; value: string; remove(): void }[] = FACET_NAMES.flatMap(name =>
    state.facets[name].map(value => ({
      key: `${name}=${value}`,
      facet: text.facets[name],
      value: facetTitle(name, value, titles),
      remove: () => onChange(before => toggleFacet(before, name, value)),
    })),
  );
  for (const status of state.statuses) {
    chips.push({
      key: status,
      facet: text.status,
      value: text.statuses[status],
      remove: () => onChange(before => toggleStatus(before, status)),
    });
  }
  if (state.text) {
    chips.push({ key: 'text', facet: text.text, value: state.text, remove: () => onChange(before => changeState(before, { text: '' })) });
  }
  return (
    <ul className={styles.chips} aria-label={text.active}>
      {chips.map(({ key, facet, value, remove }) => (
        <li key={key} className={styles.activeChip}>
          <span className={styles.chipFacet}>{facet}</span>
          <span>{value}</span>
          <button type="button" aria-label={text.remove(`${facet} ${value}`)} onClick={remove}>
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <button type="button" className={styles.more} onClick={() => onChange(clearFilters)}>
          {text.clear}
        </button>
      </li>
    </ul>
  );
}
