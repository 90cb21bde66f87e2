import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { Star } from 'lucide-react';
import { entityTitle } from '../entities/presentation';
import { useStarredEntities } from '../hooks/useStarredEntities';
import { useMessages } from '../translation';
import styles from './entities.module.css';

// Made once, so that a table of them has nothing to draw anew.
const HOLLOW = <Star size={16} fill="none" aria-hidden />;
const FILLED = <Star size={16} fill="currentColor" aria-hidden />;

export interface StarButtonProps {
  entity: Entity;
}

/** Marks an entity as one of those a person comes back to. */
export function StarButton({ entity }: StarButtonProps) {
  return <StarToggle entity={entity} stars={useStarredEntities()} />;
}

/** The same where there are many, which read what is starred together. */
export function StarToggle({ entity, stars }: { entity: Entity; stars: ReturnType<typeof useStarredEntities> }) {
  const messages = useMessages();
  const ref = stringifyEntityRef(entity);
  const starred = stars.isStarredEntity(ref);
  const name = entityTitle(entity);
  const label = starred ? messages.unstar(name) : messages.star(name);
  return (
    <button
      type="button"
      className={styles.star}
      aria-pressed={starred}
      aria-label={label}
      title={label}
      onClick={() => stars.toggleStarredEntity(ref)}
    >
      {starred ? FILLED : HOLLOW}
    </button>
  );
}
