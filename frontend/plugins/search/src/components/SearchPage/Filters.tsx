import { ErrorPanel, NativeSelect } from '@callboard/core-components';
import { kindInfo, typeTitle } from '@callboard/plugin-catalog-react';
import { useFilterValues } from '../../hooks/useFilterValues';
import { changeSearch, type SearchState } from '../../lib/searchState';
import { useMessages } from '../../translation';
import styles from './SearchPage.module.css';

/** Of what kind, type and lifecycle the results are. */
export function Filters({ state, onChange }: { state: SearchState; onChange(state: SearchState): void }) {
  const text = useMessages().filters;
  const { kinds, types, lifecycles, isPending, error, retry } = useFilterValues(state.kind);
  return (
    <div role="group" aria-label={text.label} aria-busy={isPending && !error} className={styles.filters}>
      <NativeSelect
        label={text.kind}
        value={state.kind.toLowerCase()}
        options={[
          { value: '', label: text.anyKind },
          ...withChosen(kinds, state.kind).map(value => ({ value, label: kindInfo(value).plural })),
        ]}
        onChange={kind => onChange(changeSearch(state, { kind }))}
      />
      <NativeSelect
        label={text.type}
        value={state.type.toLowerCase()}
        options={[
          { value: '', label: text.anyType },
          ...withChosen(types, state.type).map(value => ({ value, label: typeTitle(value) })),
        ]}
        onChange={type => onChange(changeSearch(state, { type }))}
      />
      <NativeSelect
        label={text.lifecycle}
        value={state.lifecycle.toLowerCase()}
        options={[
          { value: '', label: text.anyLifecycle },
          ...withChosen(lifecycles, state.lifecycle).map(value => ({ value, label: value })),
        ]}
        onChange={lifecycle => onChange(changeSearch(state, { lifecycle }))}
      />
      {!isPending && !error && kinds.length === 0 && <p className={styles.note}>{text.none}</p>}
      {error && (
        <div className={styles.failed}>
          <ErrorPanel error={error} title={text.failed} onRetry={retry} />
        </div>
      )}
    </div>
  );
}

/** An address may name a value that there is none of, or that is not known yet; it stays to be seen. */
function withChosen(values: string[], chosen: string): string[] {
  const value = chosen.toLowerCase();
  return value === '' || values.includes(value) ? values : [...values, value];
}
