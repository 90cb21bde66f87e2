import { configApiRef, useApiHolder } from '@callboard/core-plugin-api';
import { useEffect, type ReactNode } from 'react';
import { Link } from './Link';
import styles from './page.module.css';

/** Names the browser's tab after the page. */
export function useDocumentTitle(title: string | undefined): void {
  const appTitle = useApiHolder().get(configApiRef)?.getOptionalString('app.title');
  useEffect(() => {
    document.title = [title, appTitle].filter(Boolean).join(' · ');
  }, [title, appTitle]);
}

/** The head of a page: where it is, what it is called, and what can be done. */
export function PageHeader(props: {
  title: string;
  /** Stands to the right of the title. */
  titleSuffix?: ReactNode;
  subtitle?: ReactNode;
  icon?: ReactNode;
  breadcrumb?: readonly { label: string; to: string }[];
  actions?: ReactNode;
}) {
  const { title, titleSuffix, subtitle, icon, breadcrumb, actions } = props;
  useDocumentTitle(title);
  return (
    <header className={styles.header}>
      <div className={styles.titles}>
        {icon}
        <div className={styles.text}>
          {breadcrumb && (
            <nav aria-label="Breadcrumb">
              <ol className={styles.breadcrumb}>
                {breadcrumb.map(({ label, to }) => (
                  <li key={to}>
                    <Link to={to}>{label}</Link>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <h1 className={styles.title}>
            <span>{title}</span>
            {titleSuffix}
          </h1>
          {subtitle && <div className={styles.subtitle}>{subtitle}</div>}
        </div>
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

/** The body of a page. */
export function Content({ children }: { children?: ReactNode }) {
  return <div className={styles.content}>{children}</div>;
}
