import { useInstallation, useInstalledTexts, type BootErrorPageProps, type ErrorBoundaryFallbackProps } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { CopyButton } from '../code/CopyButton';
import { useMessages } from '../translation';
import { ErrorPanel } from './ErrorPanel';
import { useDocumentTitle } from '../components/PageHeader';
import styles from './errors.module.css';

/** Shown where no page is. */
export function NotFoundErrorPage() {
  const messages = useMessages();
  useDocumentTitle(messages.error.notFoundTitle);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{messages.error.notFoundTitle}</h1>
      <p className={styles.text}>{messages.error.notFoundText}</p>
      <Button component={Link} to="/">
        {messages.goHome}
      </Button>
    </div>
  );
}

/** An error in place of a whole page. */
export function ErrorPage(props: {
  status?: string;
  statusMessage: string;
  additionalInfo?: ReactNode;
  supportUrl?: string;
  stack?: string;
}) {
  const messages = useMessages();
  const { status, statusMessage, additionalInfo, supportUrl, stack } = props;
  useDocumentTitle(statusMessage);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>
        {status} {statusMessage}
      </h1>
      {additionalInfo && <div className={styles.text}>{additionalInfo}</div>}
      {stack && <CopyButton text={stack} label={messages.copyDetails} />}
      <div className={styles.actions}>
        <Button component={Link} to="/">
          {messages.goHome}
        </Button>
        {supportUrl && (
          <Button href={supportUrl} target="_blank" rel="noreferrer noopener">
            {messages.support.title}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Shown when the app cannot start. Stands outside of router and theme. */
export function BootErrorPage({ step, error, retry }: BootErrorPageProps) {
  const messages = useMessages();
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{messages.error.boot}</h1>
      <p className={styles.text}>{messages.error.bootSteps[step]}</p>
      <pre>{error.message}</pre>
      <button type="button" onClick={retry ?? (() => window.location.reload())}>
        {retry ? messages.retry : messages.reload}
      </button>
    </main>
  );
}

/** Stands in for an extension that failed. */
export function ErrorBoundaryFallback({ error, resetError, plugin }: ErrorBoundaryFallbackProps) {
  const messages = useMessages();
  const id = plugin?.getId();
  const title = useInstallation().plugins.find(installed => installed.id === id)?.title;
  const textOf = useInstalledTexts();
  const chunk = /dynamically imported module|importing a module|chunk/i.test(error.message);
  return (
    <ErrorPanel
      error={error}
      title={messages.error.extension((title && textOf(title, id)) ?? id ?? 'This')}
      hint={chunk ? messages.error.chunkHint : messages.error.extensionHint}
      onRetry={resetError}
    />
  );
}
