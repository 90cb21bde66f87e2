import { Link } from 'react-router-dom';
import styles from './shell.module.css';

/** The organisation's name, and the way home. */
export function Brand({ organization }: { organization: string }) {
  return (
    <Link to="/" className={styles.brand}>
      <span className={styles.mark} aria-hidden>
        <svg width="14" height="14" viewBox="0 0 14 14" fill="currentColor">
          <rect x="1" y="1" width="12" height="3" rx="1" />
          <rect x="1" y="5.5" width="8" height="3" rx="1" />
          <rect x="1" y="10" width="5" height="3" rx="1" />
        </svg>
      </span>
      <span className={styles.label}>{organization}</span>
    </Link>
  );
}
