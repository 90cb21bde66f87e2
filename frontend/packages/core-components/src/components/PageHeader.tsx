import { configApiRef, useApiHolder } from '@callboard/core-plugin-api';
import { useEffect, type ReactNode } from 'react';
import { classes } from '../lib/classes';
import { Breadcrumbs } from './Breadcrumbs';
import { Link } from '../links/Link';
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
  /** What the browser's tab is called, if not as the page. */
  documentTitle?: string;
  tooltip?: string;
}) {
  const { title, titleSuffix, subtitle, icon, breadcrumb, actions, documentTitle = title, tooltip } = props;
  useDocumentTitle(documentTitle);
  return (
    <header className={styles.header}>
      <div className={styles.titles}>
        {icon}
        <div className={styles.text}>
          {breadcrumb && (
            <Breadcrumbs isAbovePage>
              {breadcrumb.map(({ label, to }) => (
                <Link key={to} to={to}>
                  {label}
                </Link>
              ))}
            </Breadcrumbs>
          )}
          <h1 className={styles.title} title={tooltip}>
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
export function Content(props: {
  /** Takes the height that is left. */
  stretch?: boolean;
  noPadding?: boolean;
  className?: string;
  children?: ReactNode;
}) {
  const { stretch, noPadding, className, children } = props;
  return (
    <div className={classes(styles.content, stretch && styles.stretch, noPadding && styles.noPadding, className)}>{children}</div>
  );
}
