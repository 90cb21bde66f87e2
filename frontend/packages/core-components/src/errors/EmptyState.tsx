import { ChartNoAxesColumn, Inbox, Info, TextCursorInput, type LucideIcon } from 'lucide-react';
import { createElement, type ReactNode } from 'react';
import { CodeBlock } from '../code/CodeBlock';
import styles from './errors.module.css';

/** Says what belongs here, and the one next step. */
export function EmptyState(props: {
  title: string;
  /** What there is none of, as Backstage names it; stands for an icon. */
  missing?: 'info' | 'content' | 'data' | 'field' | { customImage: ReactNode };
  description?: ReactNode;
  /** What to write to have something here, ready to be copied. */
  example?: { text: string; label: string; language?: 'yaml' | 'json' };
  icon?: LucideIcon;
  action?: ReactNode;
  /** When it is all there is on the page. */
  isPage?: boolean;
}) {
  const { title, missing, description, example, icon, action, isPage } = props;
  const shown = icon ?? (typeof missing === 'string' ? icons[missing] : undefined);
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={styles.empty}>
      {typeof missing === 'object' && missing.customImage}
      {shown && createElement(shown, { className: styles.icon, size: 24, 'aria-hidden': true })}
      <Title className={styles.panelTitle}>{title}</Title>
      {description && <div className={styles.text}>{description}</div>}
      {example && (
        <div className={styles.example}>
          <CodeBlock {...example} />
        </div>
      )}
      {action && <div className={styles.actions}>{action}</div>}
    </div>
  );
}

const icons = { info: Info, content: Inbox, data: ChartNoAxesColumn, field: TextCursorInput };
