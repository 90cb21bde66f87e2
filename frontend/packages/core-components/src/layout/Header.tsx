import type { ReactNode } from 'react';
import { Link } from '../links/Link';
import { PageHeader } from '../components/PageHeader';
import { useMessages } from '../translation';
import styles from './layout.module.css';

/** The head of a page, as Backstage names its parts. What stands inside of it goes to the right. */
export function Header(props: {
  title?: string;
  subtitle?: ReactNode;
  /** What kind of page it is; with a link, the way up. */
  type?: string;
  typeLink?: string;
  tooltip?: string;
  /** What the browser's tab is called instead. */
  pageTitleOverride?: string;
  children?: ReactNode;
}) {
  const { title = '', subtitle, type, typeLink, tooltip, pageTitleOverride, children } = props;
  return (
    <PageHeader
      title={title}
      documentTitle={pageTitleOverride}
      tooltip={tooltip}
      subtitle={
        type && !typeLink ? (
          <>
            {type}
            {subtitle && ' · '}
            {subtitle}
          </>
        ) : (
          subtitle
        )
      }
      breadcrumb={type && typeLink ? [{ label: type, to: typeLink }] : undefined}
      actions={children}
    />
  );
}

/** A fact in the head of a page. */
export function HeaderLabel({ label, value, url }: { label: string; value?: ReactNode; url?: string }) {
  const messages = useMessages();
  const shown = value ?? messages.unknown;
  return (
    <dl className={styles.headerLabel}>
      <dt>{label}</dt>
      <dd>{url ? <Link to={url}>{shown}</Link> : shown}</dd>
    </dl>
  );
}
