import type { Entity } from '@callboard/catalog-model';
import { Skeleton } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { Link } from 'react-router-dom';
import { useLatestScores } from '../../hooks/useLighthouse';
import { CATEGORIES, percentOf, scoreIn } from '../../lib/scores';
import { websitesOf } from '../../lib/websites';
import { useMessages } from '../../translation';
import { auditRouteRef } from '../../routes';
import { Score } from '../parts/Score';
import styles from './entity.module.css';

/** The scores of the latest audit of an entity's first website, in a table of entities. */
export function ScoresCell({ entity }: { entity: Entity }) {
  const messages = useMessages();
  const auditPath = useRouteRef(auditRouteRef);
  const url = websitesOf(entity)[0]?.url;
  const { data, error } = useLatestScores(url);
  if (error || !url) {
    return (
      <span className={styles.faint} title={error?.message}>
        {messages.entity.unavailable}
      </span>
    );
  }
  if (!data) {
    return <Skeleton width="60%" />;
  }
  const { audit } = data;
  if (!audit) {
    return <span className={styles.faint}>{messages.entity.never}</span>;
  }
  const scores = CATEGORIES.map(id => ({ id, score: scoreIn(audit.categories, id) }));
  const label = scores
    .map(({ id, score }) => `${messages.categories[id]} ${score === undefined ? messages.noScore : percentOf(score)}`)
    .join(', ');
  return (
    <Link to={auditPath({ id: audit.id })} className={styles.scores} aria-label={label} title={label}>
      {scores.map(({ id, score }) => (
        <Score key={id} score={score} />
      ))}
    </Link>
  );
}
