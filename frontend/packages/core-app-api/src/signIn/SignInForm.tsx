import { Brand, ErrorPanel, useDocumentTitle } from '@callboard/core-components';
import { configApiRef, useApi } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useMessages, type Messages } from '../translation';
import type { SignInProvider } from './providers';
import styles from './signIn.module.css';

/** How one may sign in. */
export function SignInForm(props: {
  providers: readonly SignInProvider[];
  error: Error | undefined;
  onSignIn(provider: SignInProvider): Promise<void>;
  onRetry(): void;
}) {
  const text = useMessages().signIn;
  const { providers, onSignIn, onRetry } = props;
  const organization = useApi(configApiRef).getOptionalString('organization.name') ?? 'Callboard';
  const [pending, setPending] = useState<string>();
  const [failure, setFailure] = useState<Error>();
  useDocumentTitle(text.title);

  const signIn = async (provider: SignInProvider) => {
    setPending(provider.id);
    setFailure(undefined);
    try {
      await onSignIn(provider);
    } catch (error) {
      setFailure(error as Error);
    } finally {
      setPending(undefined);
    }
  };
  const error = failure ?? props.error;
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <Brand organization={organization} />
        <h1 className={styles.title}>{text.title}</h1>
        {error && <ErrorPanel error={error} title={text.failed} hint={hintFor(error, text)} onRetry={providers.length === 0 ? onRetry : undefined} />}
        {providers.length === 0 && !error && <p>{text.none}</p>}
        <ul className={styles.providers}>
          {providers.map(provider => (
            <li key={provider.id}>
              <Button
                fullWidth
                variant={provider.kind === 'guest' ? 'outlined' : 'contained'}
                color={provider.kind === 'guest' ? 'inherit' : 'primary'}
                loading={pending === provider.id}
                disabled={pending !== undefined}
                onClick={() => void signIn(provider)}
              >
                {provider.kind === 'guest' ? text.asGuest : text.with(provider.title)}
              </Button>
            </li>
          ))}
        </ul>
        {pending && providers.some(({ id, kind }) => id === pending && kind === 'oauth') && (
          <p className={styles.note} role="status">
            {text.inPopup}
          </p>
        )}
      </div>
    </main>
  );
}

function hintFor({ message }: Error, text: Messages['signIn']): string | undefined {
  return /resolve user identity|unable to resolve/i.test(message) ? text.unknownHint : undefined;
}
