import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './errors.module.css';

/** Says what belongs here, and the one next step. */
export function EmptyState(props: { title: string; description?: ReactNode; icon?: LucideIcon; action?: ReactNode }) {
  const { title, description, icon: Icon, action } = props;
  return (
    <div className={styles.empty}>
      {Icon && <Icon className={styles.icon} size={24} aria-hidden />}
      <p className={styles.panelTitle}>{title}</p>
      {description && <div className={styles.text}>{description}</div>}
      {action && <div className={styles.actions}>{action}</div>}
    </div>
  );
}
