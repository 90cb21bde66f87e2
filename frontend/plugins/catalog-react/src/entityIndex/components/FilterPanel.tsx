import type { Facet } from '@callboard/catalog-client';
import { ErrorPanel, Skeleton, useFormats, useMediaQuery } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { lazy, Suspense } from 'react';
import { KindIcon } from '../../components/KindIcon';
import { KIND_ORDER, kindInfo } from '../../kinds';
import { useMessages } from '../../translation';
import { useFacets, useKinds } from '../hooks/useFacets';
import { changeKind, FACET_NAMES, toggleFacet, type IndexState } from '../lib/indexState';
import type { KnownRefs } from '../lib/selection';
import { FacetFilter } from './FacetFilter';
import { StatusFilter } from './StatusFilter';
import styles from './entityIndex.module.css';

// Only narrow screens have the sheet, and only when it is opened.
const Drawer = lazy(() => import('@mui/material/Drawer'));

interface Props {
  state: IndexState;
  known: KnownRefs | undefined;
  /** Whether there is no kind to choose. */
  fixedKind: boolean;
  onChange(state: IndexState): void;
}

/** Everything one can filter by, beside the table or, where that is narrow, in a sheet over it. */
export function FilterPanel(props: Props & { open: boolean; onClose(): void }) {
  const text = useMessages().index;
  const { open, onClose, ...filters } = props;
  const narrow = useMediaQuery('(max-width: 1079px)');
  if (!narrow) {
    return (
      <aside className={styles.filters} aria-label={text.filters}>
        <Filters {...filters} />
      </aside>
    );
  }
  return (
    open && (
      <Suspense>
        <Drawer anchor="right" open onClose={onClose} slotProps={{ paper: { 'aria-label': text.filters } }}>
          <div className={styles.sheet}>
            <Filters {...filters} />
          </div>
          <div className={styles.sheetFoot}>
            <Button variant="contained" color="primary" fullWidth onClick={onClose}>
              {text.closeFilters}
            </Button>
          </div>
        </Drawer>
      </Suspense>
    )
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
      {!fixedKind && <KindPicker state={state} kinds={kinds.kinds} isPending={!kinds.error} onChange={onChange} />}
      {error && <ErrorPanel error={error} title={text.facetsFailed} onRetry={retry} />}
      {FACET_NAMES.every(name => values[name]?.length === 0) && <p className={styles.facetNote}>{text.noFacets}</p>}
      {FACET_NAMES.filter(name => values[name] || !error).filter(name => name !== 'namespace' || severalValues(values.namespace, state.facets.namespace)).map(
        name => (
          <FacetFilter
            key={name}
            name={name}
            values={values[name]}
            selected={state.facets[name]}
            onToggle={value => onChange(toggleFacet(state, name, value))}
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

/** The kinds with how many there are of each. Where that cannot be known the kinds can be chosen all the same. */
function KindPicker(props: { state: IndexState; kinds: readonly Facet[] | undefined; isPending: boolean; onChange(state: IndexState): void }) {
  const text = useMessages().index;
  const formats = useFormats();
  const { state, kinds, isPending, onChange } = props;
  const rank = (kind: string) => {
    const index = KIND_ORDER.indexOf(kind.toLowerCase());
    return index === -1 ? KIND_ORDER.length : index;
  };
  const counted = kinds ?? KIND_ORDER.map(kind => ({ value: kind, count: undefined }));
  const missing = state.kind && !counted.some(({ value }) => value.toLowerCase() === state.kind);
  const shown = [...counted, ...(missing && state.kind ? [{ value: state.kind, count: 0 }] : [])].sort(
    (a, b) => rank(a.value) - rank(b.value) || formats.compare(a.value, b.value),
  );
  const total = kinds?.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className={styles.facet} aria-label={text.kinds}>
      <ul>
        {shown.map(({ value, count }) => (
          // The same button before and after the counts are known, however the catalog writes the kind.
          <li key={value.toLowerCase()}>
            <button
              type="button"
              className={styles.kindOption}
              aria-pressed={state.kind === value.toLowerCase()}
              onClick={() => onChange(changeKind(state, value.toLowerCase()))}
            >
              <KindIcon kind={value} />
              <span className={styles.facetLabel}>{kindInfo(value).plural}</span>
              <span className={styles.facetCount}>{count !== undefined ? formats.number(count) : isPending && <Skeleton width={20} />}</span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            className={styles.kindOption}
            aria-pressed={state.kind === undefined}
            onClick={() => onChange(changeKind(state, undefined))}
          >
            <span className={styles.noIcon} />
            <span className={styles.facetLabel}>{text.allKinds}</span>
            <span className={styles.facetCount}>{total !== undefined && formats.number(total)}</span>
          </button>
        </li>
      </ul>
    </section>
  );
}
