import { specString, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { classes, Skeleton } from '@callboard/core-components';
import { typeTitle } from '../../entities/kinds';
import { refTitle } from '../../entities/presentation';
import type { ReferencedEntities } from '../../hooks/useEntitiesByRefs';
import { useStarredEntities } from '../../hooks/useStarredEntities';
import { KindIcon } from '../KindIcon';
import { LifecycleTag } from '../LifecycleTag';
import { EntityRefLink } from '../references/EntityRefLink';
import { StarToggle } from '../StarButton';
import { ownerOf } from './columns';
import styles from './EntityTable.module.css';

const SKELETON_ROWS = 12;

/** The table as a phone shows it. */
export function EntityList(props: { entities: readonly Entity[] | undefined; references: ReferencedEntities; stale: boolean }) {
  const { entities, references, stale } = props;
  const stars = useStarredEntities();
  return (
    <ul className={classes(styles.list, stale && styles.stale)} aria-busy={stale || !entities}>
      {entities?.map((entity, index) => (
        <li key={`${stringifyEntityRef(entity)} ${index}`} className={styles.listItem}>
          <KindIcon kind={entity.kind} size={24} />
          <span className={styles.listText}>
            <EntityRefLink entityRef={entity} className={styles.name} />
            <span className={styles.listDetails}>{details(entity, references)}</span>
          </span>
          <LifecycleTag lifecycle={specString(entity, 'lifecycle')} />
          <StarToggle entity={entity} stars={stars} />
        </li>
      )) ??
        Array.from({ length: SKELETON_ROWS }, (_, row) => (
          <li key={row} className={styles.listItem}>
            <Skeleton width="60%" />
          </li>
        ))}
    </ul>
  );
}

function details(entity: Entity, references: ReferencedEntities): string {
  const owner = ownerOf(entity);
  const ownerTitle = owner && (references.title(owner) ?? refTitle(owner, 'group'));
  const type = specString(entity, 'type');
  return [type && typeTitle(type), ownerTitle].filter(Boolean).join(' · ') || (entity.metadata.description ?? '');
}
