import { configApiRef, useApi, useApp, type ConfigApi, type IdentityApi, type SignInPageProps } from '@callboard/core-plugin-api';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { rememberProvider } from './AppIdentity';
import { enterAsGuest, sessionOf, type SignInProvider } from './providers';
import { beginEntry, enterQuietly, takeEntry } from './quietEntry';
import { takeRedirectFailure } from './redirectFlow';

// Most people come back, or come as guests, and never see it.
const SignInForm = lazy(() => import('./SignInForm').then(m => ({ default: m.SignInForm })));

/**
 * Lets people in: those who come back without a question, and, where guests are all there is, everybody. Others choose
 * how to sign in.
 */
export function SignInPage({ onSignInSuccess, onQuestion }: SignInPageProps) {
  const config = useApi(configApiRef);
  const { Progress } = useApp().getComponents();
  const [providers, setProviders] = useState<SignInProvider[]>();
  const [error, setError] = useState<Error>();
  const [attempt, setAttempt] = useState(0);
  const [params, setParams] = useSearchParams();
  const [failure] = useState(() => takeRedirectFailure(params));

  useEffect(() => {
    let isWanted = true;
    if (failure) {
      setParams(
        before => {
          before.delete('error');
          return before;
        },
        { replace: true },
      );
    }
    (takeEntry() ?? enterQuietly(config)).then(
      result => {
        if (isWanted && 'identity' in result) {
          onSignInSuccess(result.identity);
        } else if (isWanted && 'providers' in result) {
          onQuestion?.();
          setProviders(result.providers);
          setError(result.error ?? (attempt === 0 ? failure : undefined));
        }
      },
      (reason: unknown) => {
        if (isWanted) {
          onQuestion?.();
          setError(reason as Error);
        }
      },
    );
    return () => {
      isWanted = false;
    };
    // Once, and once more each time a person wants to try again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [config, attempt]);

  if (!providers && !error) {
    return <Progress />;
  }
  return (
    <Suspense fallback={<Progress />}>
      <SignInForm
        providers={providers ?? []}
        error={error}
        onRetry={() => {
          setError(undefined);
          setProviders(undefined);
          setAttempt(attempt + 1);
        }}
        onSignIn={async provider => onSignInSuccess(await enter(provider, config))}
      />
    </Suspense>
  );
}

SignInPage.beginEntry = beginEntry;

async function enter(provider: SignInProvider, config: ConfigApi): Promise<IdentityApi> {
  if (provider.kind === 'guest') {
    const identity = await enterAsGuest(config);
    rememberProvider(provider.id);
    return identity;
  }
  const session = sessionOf(provider.id, config);
  // Before, too: a page that is left to sign in has to know whom to ask for the session when it is come back to.
  rememberProvider(provider.id);
  await session.signIn();
  return session;
}
