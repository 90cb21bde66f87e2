import { ErrorPanel } from '@callboard/core-components';
import { useMessages } from '../../translation';
import type { ChangeIndex } from '../hooks/useChange';
import { useFacets, useKinds } from '../hooks/useFacets';
import { changeKind, FACET_NAMES, toggleFacet, type IndexState } from '../lib/indexState';
import type { KnownRefs } from '../lib/selection';
import { FacetFilter } from './FacetFilter';
import { FilterShell } from './FilterShell';
import { KindOptions } from './KindOptions';
import { StatusFilter } from './StatusFilter';
import styles from './entityIndex.module.css';

interface Props {
  state: IndexState;
  known: KnownRefs | undefined;
  /** Whether there is no kind to choose. */
  fixedKind: boolean;
  onChange: ChangeIndex;
}

/** Everything one can filter by. */
export function FilterPanel(props: Props & { open: boolean; onClose(): void }) {
  const { open, onClose, ...filters } = props;
  return (
    <FilterShell open={open} onClose={onClose}>
      <Filters {...filters} />
    </FilterShell>
  );
}

function Filters({ state, known, fixedKind, onChange }: Props) {
  const text = useMessages().index;
  const facets = useFacets(state, known);
  const kinds = useKinds(state, known, !fixedKind);
  const { values } = facets;
  const error = facets.error ?? kinds.error;
  const retry = () => {
    facets.retry();
    kinds.retry();
  };
  return (
    <div className={styles.filterGroups} aria-busy={!error && (facets.isPending || (!fixedKind && !kinds.kinds))}>
      {!fixedKind && (
        <KindOptions
          kinds={kinds.kinds}
          selected={state.kind}
          withAll
          isPending={!kinds.error}
          onSelect={kind => onChange(before => changeKind(before, kind))}
        />
      )}
      {error && <ErrorPanel error={error} title={text.facetsFailed} onRetry={retry} />}
      {FACET_NAMES.every(name => values[name]?.length === 0) && <p className={styles.facetNote}>{text.noFacets}</p>}
      {FACET_NAMES.filter(name => values[name] || !error).filter(name => name !== 'namespace' || severalValues(values.namespace, state.facets.namespace)).map(
        name => (
          <FacetFilter
            key={name}
            name={name}
            values={values[name]}
            selected={state.facets[name]}
            onToggle={value => onChange(before => toggleFacet(before, name, value))}
          />
        ),
      )}
      <StatusFilter state={state} known={known} onChange={onChange} />
    </div>
  );
}

/** A choice of one is none. */
function severalValues(values: readonly unknown[] | undefined, selected: readonly string[]): boolean {
  return (values?.length ?? 0) > 1 || selected.length > 0;
}
