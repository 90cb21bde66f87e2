import { useId, type ReactNode } from 'react';
import { classes } from '../lib/classes';
import { useFormats } from '../lib/useFormats';
import styles from './components.module.css';

/** A titled part of a page. */
export function Card(props: {
  title?: string;
  count?: number;
  actions?: ReactNode;
  /** Lets the content reach the border, as lists and tables do. */
  flush?: boolean;
  children?: ReactNode;
}) {
  const { title, count, actions, flush, children } = props;
  const formats = useFormats();
  const titleId = useId();
  return (
    <section className={styles.card} aria-labelledby={title ? titleId : undefined}>
      {title && (
        <header className={styles.cardHeader}>
          <h2 id={titleId} className={styles.cardTitle}>
            {title}
          </h2>
          {count !== undefined && <span className={styles.cardCount}>{formats.number(count)}</span>}
          {actions && <div className={styles.cardActions}>{actions}</div>}
        </header>
      )}
      <div className={classes(styles.cardBody, flush && styles.flush)}>{children}</div>
    </section>
  );
}
