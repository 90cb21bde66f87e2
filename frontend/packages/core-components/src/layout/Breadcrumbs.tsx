import { Children, type ReactNode } from 'react';
import { useMessages } from '../translation';
import styles from './layout.module.css';

/** The way down to a page, one link or text for each step. */
export function Breadcrumbs({ children }: { children?: ReactNode }) {
  const messages = useMessages();
  const steps = Children.toArray(children);
  return (
    <nav aria-label={messages.breadcrumb}>
      <ol className={styles.breadcrumbs}>
        {steps.map((step, index) => (
          <li key={index} aria-current={index === steps.length - 1 ? 'page' : undefined}>
            {step}
          </li>
        ))}
      </ol>
    </nav>
  );
}
