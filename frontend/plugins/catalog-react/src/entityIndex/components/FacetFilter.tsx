import type { Facet } from '@callboard/catalog-client';
import { Skeleton, type Formats, useFormats } from '@callboard/core-components';
import { useId, useMemo, useState } from 'react';
import { useEntitiesByRefs } from '../../hooks/useEntitiesByRefs';
import { useMessages } from '../../translation';
import { facetTitle } from '../lib/facetTitle';
import { FACET_NAMES, type FacetName } from '../lib/indexState';
import { FacetOption } from './FacetOption';
import styles from './entityIndex.module.css';

/** So many values are shown at first; with more a field to find one appears. */
const SHORT_LIST = 6;
/** To hide fewer than that would save nothing. */
const TOLERANCE = 2;
const LONG_LIST = 200;

/** One facet's values with their counts, most frequent first. */
export function FacetFilter(props: {
  /** One of ours, or of a plugin's, which has a title of its own. */
  name: FacetName | (string & {});
  title?: string;
  values: Facet[] | undefined;
  selected: readonly string[];
  withoutCounts?: boolean;
  /** What a value is called, where it is not called what it is. */
  getLabel?(value: string): string;
  onToggle(value: string): void;
}) {
  const text = useMessages().index;
  const { name, title = titleOf(name, text.facets), values, selected, withoutCounts, getLabel, onToggle } = props;
  const formats = useFormats();
  const [expanded, setExpanded] = useState(false);
  const [term, setTerm] = useState('');
  const headingId = useId();

  const ordered = useMemo(() => byFrequency(values, formats), [values, formats]);
  const all = useMemo(() => selectedFirst(ordered, selected), [ordered, selected]);
  const long = (all?.length ?? 0) > SHORT_LIST + TOLERANCE;
  const matching = all?.filter(({ value }) => value.toLowerCase().includes(term.toLowerCase().trim())) ?? [];
  const shown = matching.slice(0, expanded || term || !long ? LONG_LIST : SHORT_LIST);
  const titles = useEntitiesByRefs(name === 'owner' ? shown.map(({ value }) => value) : []);
  const label = (value: string) => getLabel?.(value) ?? facetTitle(name, value, titles);

  if (all?.length === 0) {
    return undefined;
  }
  return (
    <section className={styles.facet} aria-labelledby={headingId}>
      <h2 id={headingId} className={styles.facetTitle}>
        {title}
      </h2>
      {long && (
        <input
          type="search"
          className={styles.facetSearch}
          aria-label={text.findIn(title)}
          placeholder={text.findIn(title)}
          value={term}
          onChange={event => setTerm(event.target.value)}
        />
      )}
      <ul>
        {shown.map(({ value, count }) => (
          <li key={value}>
            <FacetOption checked={isSelected(selected, value)} count={withoutCounts ? undefined : count} title={value} onToggle={() => onToggle(value)}>
              {name === 'owner' && titles.isPending(value) ? <Skeleton width="60%" /> : label(value)}
            </FacetOption>
          </li>
        ))}
        {!all && [70, 50, 60].map(width => <li key={width} className={styles.option}><Skeleton width={`${width}%`} /></li>)}
      </ul>
      {matching.length === 0 && all && <p className={styles.facetNote}>{text.noValues}</p>}
      {long && !term && (
        <button type="button" className={styles.more} onClick={() => setExpanded(!expanded)}>
          {expanded ? text.fewer : text.more(matching.length - SHORT_LIST)}
        </button>
      )}
    </section>
  );
}

function titleOf(name: string, titles: Readonly<Record<FacetName, string>>): string {
  const known = FACET_NAMES.find(one => one === name);
  return known ? titles[known] : name;
}

/** The most frequent first. There may be thousands, of which one choice changes none. */
function byFrequency(values: Facet[] | undefined, { compare }: Formats): Facet[] | undefined {
  return values && [...values].sort((a, b) => b.count - a.count || compare(a.value, b.value));
}

/** What is chosen on top, even where nothing has it now. */
function selectedFirst(values: Facet[] | undefined, selected: readonly string[]): Facet[] | undefined {
  if (!values || selected.length === 0) {
    return values;
  }
  const chosen = new Set(selected.map(value => value.toLowerCase()));
  const [found, others]: [Facet[], Facet[]] = [[], []];
  values.forEach(facet => (chosen.has(facet.value.toLowerCase()) ? found : others).push(facet));
  const missing = selected.filter(one => !found.some(({ value }) => value.toLowerCase() === one.toLowerCase()));
  return [...found, ...missing.map(value => ({ value, count: 0 })), ...others];
}

function isSelected(selected: readonly string[], value: string): boolean {
  return selected.some(one => one.toLowerCase() === value.toLowerCase());
}
