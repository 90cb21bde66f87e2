import { tryParse } from '@callboard/catalog-model';
import type { EntityOrRef } from '../../entities/entityOrRef';
import { useEntityPresentation } from '../../hooks/useEntityPresentation';
import { KindIcon } from '../KindIcon';
import styles from '../entities.module.css';

export interface EntityDisplayNameProps {
  entityRef: EntityOrRef;
  hideIcon?: boolean;
  /** Leaves out what is shown where the pointer rests. */
  disableTooltip?: boolean;
  /** What the reader takes for granted. */
  defaultKind?: string;
  defaultNamespace?: string;
}

/** What an entity is called, with the mark of its kind, where there is nothing to follow. */
export function EntityDisplayName(props: EntityDisplayNameProps) {
  const { entityRef, hideIcon, disableTooltip, defaultKind, defaultNamespace } = props;
  const { entityRef: ref, primaryTitle, secondaryTitle } = useEntityPresentation(entityRef, { defaultKind, defaultNamespace });
  return (
    <span className={styles.chip} title={disableTooltip ? undefined : secondaryTitle}>
      {!hideIcon && <KindIcon kind={tryParse(ref, { defaultKind })?.kind ?? ''} />}
      <span className={styles.chipText}>{primaryTitle}</span>
    </span>
  );
}
