import type { Facet } from '@callboard/catalog-client';
import { Skeleton, useFormats } from '@callboard/core-components';
import { KindIcon } from '../../components/KindIcon';
import { KIND_ORDER, kindInfo } from '../../entities/kinds';
import { useMessages } from '../../translation';
import styles from './entityIndex.module.css';

/** The kinds with how many there are of each. Where that cannot be known the kinds can be chosen all the same. */
export function KindOptions(props: {
  kinds: readonly Facet[] | undefined;
  /** In lower case; undefined for all. */
  selected: string | undefined;
  /** Offers all kinds together. */
  withAll?: boolean;
  isPending: boolean;
  onSelect(kind: string | undefined): void;
}) {
  const text = useMessages().index;
  const formats = useFormats();
  const { kinds, selected, withAll, isPending, onSelect } = props;
  const rank = (kind: string) => {
    const index = KIND_ORDER.indexOf(kind.toLowerCase());
    return index === -1 ? KIND_ORDER.length : index;
  };
  const counted = kinds ?? KIND_ORDER.map(kind => ({ value: kind, count: undefined }));
  const missing = selected && !counted.some(({ value }) => value.toLowerCase() === selected);
  const shown = [...counted, ...(missing ? [{ value: selected, count: 0 }] : [])].sort(
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
              aria-pressed={selected === value.toLowerCase()}
              onClick={() => onSelect(value.toLowerCase())}
            >
              <KindIcon kind={value} />
              <span className={styles.facetLabel}>{kindInfo(value).plural}</span>
              <span className={styles.facetCount}>{count !== undefined ? formats.number(count) : isPending && <Skeleton width={20} />}</span>
            </button>
          </li>
        ))}
        {withAll && (
          <li>
            <button
              type="button"
              className={styles.kindOption}
              aria-pressed={selected === undefined}
              onClick={() => onSelect(undefined)}
            >
              <span className={styles.noIcon} />
              <span className={styles.facetLabel}>{text.allKinds}</span>
              <span className={styles.facetCount}>{total !== undefined && formats.number(total)}</span>
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}
