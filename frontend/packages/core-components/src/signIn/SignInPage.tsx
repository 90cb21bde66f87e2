import {
  signInApiRef,
  useApi,
  useApiHolder,
  useApp,
  type SignInPageProps as AppSignInPageProps,
  type SignInProvider,
} from '@callboard/core-plugin-api';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { NamedProvider, SignInProviderConfig } from './namedProviders';

export type { SignInProviderConfig } from './namedProviders';

// Most people come back, or come as guests, and never see it.
const SignInForm = lazy(() => import('./SignInForm').then(m => ({ default: m.SignInForm })));

export interface SignInPageProps extends AppSignInPageProps {
  /** The ways to sign in; all that the portal offers where the app does not say. */
  providers?: readonly NamedProvider[];
  /** The only way to sign in. */
  provider?: SignInProviderConfig;
  /** Lets a person in by the only way there is without a click, where that can be. */
  auto?: boolean;
  /** What is signed in to; the organisation by itself. */
  title?: string;
}

/**
 * Lets people in: those who come back without a question, and, where guests are all there is, everybody. Others choose
 * how to sign in.
 */
export function SignInPage({ onSignInSuccess, onQuestion, providers: named, provider, auto, title }: SignInPageProps) {
  const signInApi = useApi(signInApiRef);
  const apis = useApiHolder();
  const { Progress } = useApp().getComponents();
  const [entry, setEntry] = useState<{ providers: readonly SignInProvider[]; error?: Error }>();
  const [attempt, setAttempt] = useState(0);
  const [params, setParams] = useSearchParams();
  const [failure] = useState(() => signInApi.takeFailure(params));
  const configs = provider ? [provider] : named;

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
    const entering = configs
      ? import('./namedProviders').then(m => m.enterQuietly({ named: configs, auto, signInApi, apis }))
      : signInApi.enterQuietly();
    entering.then(
      result => {
        if (isWanted && 'identity' in result) {
          onSignInSuccess(result.identity);
        } else if (isWanted && 'providers' in result) {
          onQuestion?.();
          setEntry({ providers: result.providers, error: result.error ?? (attempt === 0 ? failure : undefined) });
        }
      },
      (reason: unknown) => {
        if (isWanted) {
          onQuestion?.();
          setEntry({ providers: [], error: reason as Error });
        }
      },
    );
    return () => {
      isWanted = false;
    };
    // Once, and once more each time a person wants to try again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [signInApi, attempt]);

  if (!entry) {
    return <Progress />;
  }
  return (
    <Suspense fallback={<Progress />}>
      <SignInForm
        title={title}
        providers={entry.providers}
        named={configs}
        error={entry.error}
        onRetry={() => {
          setEntry(undefined);
          setAttempt(attempt + 1);
        }}
        onSignInSuccess={onSignInSuccess}
      />
    </Suspense>
  );
}

/** The app may begin to let people in while it still starts. */
SignInPage.entersQuietly = true;
