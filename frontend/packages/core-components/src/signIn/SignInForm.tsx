import { configApiRef, signInApiRef, useApi, useApiHolder, type IdentityApi, type SignInProvider } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { ErrorPanel } from '../errors/ErrorPanel';
import { useDocumentTitle } from '../components/PageHeader';
import { Brand } from '../shell/Brand';
import { CustomSignIn } from './CustomSignIn';
import { signIn as signInNamed, type NamedProvider } from './namedProviders';
import styles from './signIn.module.css';
import { useMessages, type Messages } from './translation';

/** How one may sign in. */
export function SignInForm(props: {
  /** What is signed in to; the organisation by itself. */
  title: string | undefined;
  /** The providers as the app names them, if it does. */
  named: readonly NamedProvider[] | undefined;
  providers: readonly SignInProvider[];
  error: Error | undefined;
  onSignInSuccess(identity: IdentityApi): void;
  onRetry(): void;
}) {
  const text = useMessages().signIn;
  const { providers, named, onSignInSuccess, onRetry } = props;
  const signInApi = useApi(signInApiRef);
  const apis = useApiHolder();
  const notes = new Map(named?.flatMap(one => (typeof one === 'object' ? [[one.id, one.message] as const] : [])));
  const organization = useApi(configApiRef).getOptionalString('organization.name') ?? 'Callboard';
  const [pending, setPending] = useState<string>();
  const [failure, setFailure] = useState<Error>();
  useDocumentTitle(text.title);

  const signIn = async (provider: SignInProvider) => {
    setPending(provider.id);
    setFailure(undefined);
    try {
      const own = named?.find(one => typeof one === 'object' && one.id === provider.id);
      onSignInSuccess(typeof own === 'object' ? await signInNamed(own, { signInApi, apis }) : await signInApi.enter(provider));
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
        <Brand organization={props.title ?? organization} />
        <h1 className={styles.title}>{text.title}</h1>
        {error && <ErrorPanel error={asRefused(error)} title={text.failed} hint={hintFor(error, text)} onRetry={providers.length === 0 ? onRetry : undefined} />}
        {providers.length === 0 && !error && <p>{text.none}</p>}
        <ul className={styles.providers}>
          {providers.map(provider => (
            <li key={provider.id}>
              {provider.kind === 'custom' ? (
                <CustomSignIn disabled={pending !== undefined} onSignInSuccess={onSignInSuccess} />
              ) : (
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
              )}
              {notes.get(provider.id) && <p className={styles.note}>{notes.get(provider.id)}</p>}
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

/** What the portal said, as it said it: its status is about being let in here, and not about what somebody may see. */
function asRefused(error: Error): Error {
  return 'status' in error ? new Error(error.message, { cause: error }) : error;
}

function hintFor({ message }: Error, text: Messages['signIn']): string | undefined {
  return /resolve user identity|unable to resolve/i.test(message) ? text.unknownHint : undefined;
}
