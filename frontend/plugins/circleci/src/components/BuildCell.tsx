import type { Entity } from '@callboard/catalog-model';
import { slugOf } from '../lib/projectSlug';
import { useMessages } from '../translation';
import { LatestBuild } from './LatestBuild';
import styles from './CircleCIPage/CircleCIPage.module.css';

/** The latest build of an entity and when it was, in a table of entities. */
export function BuildCell({ entity }: { entity: Entity }) {
  const messages = useMessages();
  if (!slugOf(entity)) {
    return <span className={styles.faint}>{messages.unavailable}</span>;
  }
  return (
    <span className={styles.build}>
      <LatestBuild entity={entity} part="status" />
      <LatestBuild entity={entity} part="started" />
    </span>
  );
}
