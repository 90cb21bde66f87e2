import Button from '@mui/material/Button';
import { AlertTriangle, CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton } from '../code/CopyButton';
import { Markdown } from '../components/Markdown';
import { classes } from '../lib/classes';
import { useMessages } from '../translation';
import { describeError, isDenied } from './describeError';
import { NoPermission } from './NoPermission';
import styles from './errors.module.css';

const icons = { error: CircleAlert, warning: AlertTriangle, info: Info };

/** A notice that stands above what it is about: what happened, and what to do. */
export function WarningPanel(props: {
  /** What its severity is called by itself. */
  title?: string;
  /** The title may have `code` and **emphasis** in it. */
  titleFormat?: string;
  severity?: 'error' | 'warning' | 'info';
  message?: ReactNode;
  /** False keeps all but the title behind it, until somebody opens it. */
  defaultExpanded?: boolean;
  children?: ReactNode;
}) {
  const messages = useMessages();
  const { severity = 'warning', title = messages.error.severities[severity], titleFormat, message, defaultExpanded = true, children } = props;
  const Icon = icons[severity];
  const content = (
    <>
      {message && <div className={styles.message}>{message}</div>}
      {children}
    </>
  );
  return (
    <section className={classes(styles.panel, severity !== 'error' && styles[severity])} aria-label={title}>
      <div className={styles.panelTitle}>
        <Icon className={styles.icon} size={16} aria-hidden />
        {titleFormat === 'markdown' ? <Markdown>{title}</Markdown> : <p>{title}</p>}
      </div>
      {defaultExpanded ? (
        content
      ) : (
        <details>
          <summary>{messages.details}</summary>
          {content}
        </details>
      )}
    </section>
  );
}

/** A message of several lines shows a place in a file, so its columns must stand below each other. */
function ErrorText({ message, hint }: { message: string; hint: string | undefined }) {
  return (
    <>
      {message.trim().includes('\n') ? <pre className={styles.excerpt}>{message.trim()}</pre> : <p>{message}</p>}
      {hint && <p>{hint}</p>}
    </>
  );
}

/**
 * An error in place of what it kept from being shown: what happened, what to do, and what to tell support. What somebody may
 * not read is no failure: they are told who can grant it instead.
 */
export function ErrorPanel(props: {
  error: Error;
  title?: string;
  titleFormat?: string;
  hint?: string;
  /** False keeps all but the title behind it. */
  defaultExpanded?: boolean;
  onRetry?(): void;
  children?: ReactNode;
}) {
  const messages = useMessages();
  const { error, title = messages.error.title, titleFormat, hint, defaultExpanded, onRetry, children } = props;
  // Only reading is offered again, so that is what was refused.
  if (onRetry && isDenied(error)) {
    return <NoPermission error={error} />;
  }
  const { message, logId, details } = describeError(error, messages);
  return (
    <div role="alert">
      <WarningPanel
        title={title}
        titleFormat={titleFormat}
        severity="error"
        defaultExpanded={defaultExpanded}
        message={<ErrorText message={message} hint={hint} />}
      >
        {children}
        <div className={styles.actions}>
          {onRetry && <Button onClick={onRetry}>{messages.retry}</Button>}
          {logId && (
            <span className={styles.message}>
              {messages.error.logId} <code>{logId}</code>
            </span>
          )}
          <CopyButton text={details} label={messages.copyDetails} />
        </div>
      </WarningPanel>
    </div>
  );
}

/** The same, by the name that plugins written for Backstage use for errors of requests. */
export const ResponseErrorPanel = ErrorPanel;
