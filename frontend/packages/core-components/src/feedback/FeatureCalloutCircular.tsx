import Button from '@mui/material/Button';
import { useId, type ReactNode } from 'react';
import { useStoredState } from '../hooks/useStoredState';
import { useMessages } from '../translation';
import styles from './feedback.module.css';

const NONE: string[] = [];

/** Points out something new on a page, until a person has seen it. */
export function FeatureCalloutCircular(props: {
  /** What it is remembered by once it was seen. */
  featureId: string;
  title: string;
  description: string;
  /** What is new. */
  children?: ReactNode;
}) {
  const { featureId, title, description, children } = props;
  const messages = useMessages();
  const titleId = useId();
  const [seen, setSeen] = useStoredState('notifications', 'seenFeatures', NONE);
  if (seen.includes(featureId)) {
    return children;
  }
  return (
    <div className={styles.callout}>
      <div className={styles.calloutRing}>{children}</div>
      <div className={styles.calloutText} role="note" aria-labelledby={titleId}>
        <p id={titleId} className={styles.calloutTitle}>
          {title}
        </p>
        <p>{description}</p>
        <Button onClick={() => setSeen(current => [...current.filter(other => other !== featureId), featureId])}>{messages.gotIt}</Button>
      </div>
    </div>
  );
}
