import { Children, type ReactNode } from 'react';
import { useMessages } from '../translation';
import styles from './page.module.css';

export interface BreadcrumbsProps {
  /** Whether the steps end above the page that is open; else the last of them is that page. */
  isAbovePage?: boolean;
  children?: ReactNode;
}

/** The way down to a page, one link or text for each step. */
export function Breadcrumbs({ isAbovePage, children }: BreadcrumbsProps) {
  const messages = useMessages();
  const steps = Children.toArray(children);
  return (
    <nav aria-label={messages.breadcrumb}>
      <ol className={styles.breadcrumbs}>
        {steps.map((step, index) => (
          <li key={index} aria-current={!isAbovePage && index === steps.length - 1 ? 'page' : undefined}>
            {step}
          </li>
        ))}
      </ol>
    </nav>
  );
}
