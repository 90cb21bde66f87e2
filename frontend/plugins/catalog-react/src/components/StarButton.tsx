import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { Star } from 'lucide-react';
import { useStarredEntities } from '../hooks/useStarredEntities';
import { useMessages } from '../translation';
import { entityTitle } from '../presentation';
import styles from './entities.module.css';

/** Marks an entity as one of those a person comes back to. */
export function StarButton({ entity }: { entity: Entity }) {
  const messages = useMessages();
  const { isStarred, toggleStarred } = useStarredEntities();
  const ref = stringifyEntityRef(entity);
  const starred = isStarred(ref);
  const name = entityTitle(entity);
  const label = starred ? messages.unstar(name) : messages.star(name);
  return (
    <button
      type="button"
      className={styles.star}
      aria-pressed={starred}
      aria-label={label}
      title={label}
      onClick={() => toggleStarred(ref)}
    >
      <Star size={16} fill={starred ? 'currentColor' : 'none'} aria-hidden />
    </button>
  );
}
