import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './errors.module.css';

/** Says what belongs here, and the one next step. */
export function EmptyState(props: {
  title: string;
  description?: ReactNode;
  icon?: LucideIcon;
  action?: ReactNode;
  /** When it is all there is on the page. */
  isPage?: boolean;
}) {
  const { title, description, icon: Icon, action, isPage } = props;
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={styles.empty}>
      {Icon && <Icon className={styles.icon} size={24} aria-hidden />}
      <Title className={styles.panelTitle}>{title}</Title>
      {description && <div className={styles.text}>{description}</div>}
      {action && <div className={styles.actions}>{action}</div>}
    </div>
  );
}
