import { Sparkline } from '@callboard/core-components';
import { percentOf, toneOf } from '../../lib/scores';
import { useMessages } from '../../translation';
import styles from './parts.module.css';

/** A score as a number in the colour of how good it is. */
export function Score({ score }: { score: number | undefined }) {
  return (
    <span className={styles.score} data-tone={score === undefined ? undefined : toneOf(score)}>
      {score === undefined ? '–' : percentOf(score)}
    </span>
  );
}

/** A category's latest score beside how it came there, the oldest first. */
export function ScoreTrend({ title, scores }: { title: string; scores: readonly number[] }) {
  const messages = useMessages();
  const last = scores.at(-1);
  if (last === undefined) {
    return <span className={styles.none}>{messages.noScore}</span>;
  }
  return (
    <span className={styles.trend}>
      <Score score={last} />
      <Sparkline label={messages.trend(title, scores.map(percentOf))} values={scores} tone={toneOf(last)} />
    </span>
  );
}

/** A score as a ring that fills with it. */
export function ScoreRing({ title, score }: { title: string; score: number | undefined }) {
  const messages = useMessages();
  const circumference = 2 * Math.PI * 20;
  return (
    <figure className={styles.ring} data-tone={score === undefined ? undefined : toneOf(score)}>
      <svg width={52} height={52} viewBox="0 0 52 52" aria-hidden>
        <circle className={styles.ringGround} cx={26} cy={26} r={20} />
        <circle
          className={styles.ringValue}
          cx={26}
          cy={26}
          r={20}
          transform="rotate(-90 26 26)"
          strokeDasharray={`${(score ?? 0) * circumference} ${circumference}`}
        />
        <text x={26} y={31}>
          {score === undefined ? '–' : percentOf(score)}
        </text>
      </svg>
      <figcaption>
        {title}
        <span className={styles.hidden}>: {score === undefined ? messages.noScore : percentOf(score)}</span>
      </figcaption>
    </figure>
  );
}
