import { mark } from '@callboard/theme/mark';
import { Link } from 'react-router-dom';
import styles from './shell.module.css';

/** The organisation's name, and the way home. */
export function Brand({ organization }: { organization: string }) {
  return (
    <Link to="/" className={styles.brand}>
      <span className={styles.mark} aria-hidden>
        <svg width={mark.size} height={mark.size} viewBox={`0 0 ${mark.size} ${mark.size}`} fill="currentColor">
          {mark.bars.map(bar => (
            <rect key={bar.y} {...bar} />
          ))}
        </svg>
      </span>
      <span className={styles.label}>{organization}</span>
    </Link>
  );
}
