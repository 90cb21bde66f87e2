import { ErrorPanel, Skeleton, useMediaQuery } from '@callboard/core-components';
import { FacetOption, KIND_ORDER, KindIcon, kindInfo, typeTitle } from '@callboard/plugin-catalog-react';
import { useState } from 'react';
import { useFilterValues, type FilterValue } from '../../hooks/useFilterValues';
import type { SearchAnswer } from '../../hooks/useSearchResults';
import { clearFilters, FILTER_NAMES, isFiltered, isQuestion, toggleFilter, type FilterName, type SearchState } from '../../lib/searchState';
import { useMessages } from '../../translation';
import styles from './SearchPage.module.css';

/** Of which kinds, types and lifecycles the results are, and how many of each: beside them or, where that is narrow, folded above them. */
export function Filters(props: { state: SearchState; answer: SearchAnswer | undefined; onChange(state: SearchState): void }) {
  const { state, answer, onChange } = props;
  const text = useMessages().filters;
  const narrow = useMediaQuery('(max-width: 899px)');
  const { values, isPending, error, retry } = useFilterValues(state.filters.kind, isQuestion(state) ? { answer } : undefined);
  const chosen = FILTER_NAMES.flatMap(name => state.filters[name]).length;
  return (
    <details open={!narrow} className={styles.folded}>
      <summary>{text.summary(chosen)}</summary>
      <div role="group" aria-label={text.label} aria-busy={isPending && !error} className={styles.filters}>
        {FILTER_NAMES.map(name => (
          <Choices
            key={name}
            name={name}
            values={values[name] ?? (error ? [] : undefined)}
            chosen={state.filters[name]}
            onToggle={value => onChange(toggleFilter(state, name, value))}
          />
        ))}
        {isFiltered(state) && (
          <button type="button" className={styles.more} onClick={() => onChange(clearFilters(state))}>
            {text.clear}
          </button>
        )}
        {!isPending && !error && values.kind?.length === 0 && <p className={styles.note}>{text.none}</p>}
        {error && <ErrorPanel error={error} title={text.failed} onRetry={retry} />}
      </div>
    </details>
  );
}

/** So many values are shown at first. */
const SHORT_LIST = 8;
/** To hide fewer than that would save nothing. */
const TOLERANCE = 2;

function Choices(props: { name: FilterName; values: readonly FilterValue[] | undefined; chosen: readonly string[]; onToggle(value: string): void }) {
  const text = useMessages().filters;
  const { name, values, chosen, onToggle } = props;
  const [expanded, setExpanded] = useState(false);
  // An address may name a value that there is none of; it stays to be seen, and to be taken away.
  const countOf = (value: string) => values?.find(one => one.value === value)?.count;
  const all = values && [...chosen, ...inOrder(name, values.map(({ value }) => value)).filter(value => !chosen.includes(value))];
  const long = (all?.length ?? 0) > Math.max(SHORT_LIST, chosen.length) + TOLERANCE;
  const shown = all?.slice(0, expanded || !long ? undefined : Math.max(SHORT_LIST, chosen.length));
  if (all?.length === 0) {
    return undefined;
  }
  return (
    <fieldset className={styles.choices}>
      <legend>{text[name]}</legend>
      <ul>
        {shown?.map(value => (
          <li key={value}>
            <FacetOption
              checked={chosen.includes(value)}
              count={countOf(value)}
              icon={name === 'kind' && <KindIcon kind={value} />}
              title={value}
              onToggle={() => onToggle(value)}
            >
              {titleOf(name, value)}
            </FacetOption>
          </li>
        ))}
        {!shown && [70, 50, 60].map(width => <li key={width} className={styles.choice}><Skeleton width={`${width}%`} /></li>)}
      </ul>
      {long && (
        <button type="button" className={styles.more} onClick={() => setExpanded(!expanded)}>
          {expanded ? text.fewer : text.more((all?.length ?? 0) - (shown?.length ?? 0))}
        </button>
      )}
    </fieldset>
  );
}

function titleOf(name: FilterName, value: string): string {
  return { kind: kindInfo(value).plural, type: typeTitle(value), lifecycle: value }[name];
}

/** Kinds as they stand everywhere, the rest as they come. */
function inOrder(name: FilterName, values: readonly string[]): readonly string[] {
  const rank = (kind: string) => (KIND_ORDER.includes(kind) ? KIND_ORDER.indexOf(kind) : KIND_ORDER.length);
  return name === 'kind' ? [...values].sort((a, b) => rank(a) - rank(b)) : values;
}
