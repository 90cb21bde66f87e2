import { memo } from 'react';
import { kindInfo } from '../entities/kinds';
import styles from './entities.module.css';

/** The mark of a kind, in its colour. */
export const KindIcon = memo(function KindIcon({ kind, size = 20 }: { kind: string; size?: 20 | 24 | 40 }) {
  const { icon: Icon, hue, title } = kindInfo(kind);
  return (
    <span
      className={styles.kindIcon}
      style={{
        width: size,
        height: size,
        color: `var(--cb-kind-${hue})`,
        background: `var(--cb-kind-${hue}-tint)`,
      }}
      role="img"
      aria-label={title}
      title={title}
    >
      <Icon size={Math.round(size * 0.6)} aria-hidden />
    </span>
  );
});
