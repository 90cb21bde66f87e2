import { useRouteRef } from '@callboard/core-plugin-api';
import { Link } from 'react-router-dom';
import type { LatestScores } from '../../lib/latestScores';
import { CATEGORIES, percentOf, scoreIn } from '../../lib/scores';
import { useMessages } from '../../translation';
import { auditRouteRef } from '../../routes';
import { Score } from '../parts/Score';
import styles from './entity.module.css';

/** The scores of the latest audit of an entity's first website, in a table of entities. */
export function ScoresCell({ value }: { value?: LatestScores | undefined }) {
  const messages = useMessages();
  const auditPath = useRouteRef(auditRouteRef);
  if (!value) {
    return <span className={styles.faint}>{messages.entity.unavailable}</span>;
  }
  const { audit } = value;
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
