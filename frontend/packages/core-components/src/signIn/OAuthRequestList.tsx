import { configApiRef, useApi, type PendingOAuthRequest } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { TitledDialog } from '../dialogs/TitledDialog';
import { ErrorPanel } from '../errors/ErrorPanel';
import { useMessages } from './translation';
import styles from './signIn.module.css';

/** Whom the person is asked to sign in with. */
export function OAuthRequestList({ requests }: { requests: readonly PendingOAuthRequest[] }) {
  const messages = useMessages();
  const text = messages.oauthRequest;
  const config = useApi(configApiRef);
  const byRedirect = config.getOptionalBoolean('enableExperimentalRedirectFlow');
  const [pending, setPending] = useState<PendingOAuthRequest>();
  const [error, setError] = useState<Error>();

  const signIn = async (request: PendingOAuthRequest) => {
    setPending(request);
    setError(undefined);
    try {
      await request.trigger();
    } catch (reason) {
      setError(reason as Error);
    } finally {
      setPending(undefined);
    }
  };
  const reject = () => requests.forEach(request => request.reject());
  return (
    <TitledDialog title={text.title} maxWidth="xs" onClose={reject} actions={<Button onClick={reject}>{text.notNow}</Button>}>
      <p>{text.why(config.getOptionalString('app.title') ?? 'Callboard')}</p>
      {byRedirect && <p>{text.leaves}</p>}
      {error && <ErrorPanel error={error} title={messages.signIn.failed} />}
      <ul className={styles.authRequests}>
        {requests.map(request => {
          const { id, title, icon: Icon } = request.provider;
          return (
            <li key={id}>
              {Icon && <Icon size={16} aria-hidden />}
              <span>{title}</span>
              <Button
                variant="contained"
                color="primary"
                aria-label={messages.signIn.with(title)}
                loading={pending === request}
                disabled={pending !== undefined}
                onClick={() => void signIn(request)}
              >
                {messages.signIn.title}
              </Button>
            </li>
          );
        })}
      </ul>
    </TitledDialog>
  );
}
