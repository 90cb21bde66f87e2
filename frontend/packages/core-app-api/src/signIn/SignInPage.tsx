import { configApiRef, useApi, useApp, type ConfigApi, type IdentityApi, type SignInPageProps } from '@callboard/core-plugin-api';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { hasLeft, lastProvider, rememberProvider } from './AppIdentity';
import { configuredProviders, enterAsGuest, listProviders, sessionOf, type SignInProvider } from './providers';
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
    (takeBegun() ?? enterQuietly(config)).then(
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

/** What `beginEntry` has begun, until the page takes it. */
let begun: ReturnType<typeof enterQuietly> | undefined;

/** Guests come in by themselves where there is nothing else, and so do those who have signed in here before and not left. */
SignInPage.beginEntry = (config: ConfigApi): boolean => {
  const isExpected = !hasLeft() && (lastProvider() !== undefined || configuredProviders(config).every(({ kind }) => kind === 'guest'));
  begun = isExpected ? enterQuietly(config) : undefined;
  // The page, which takes it, tells what went wrong.
  begun?.catch(() => undefined);
  return isExpected;
};

function takeBegun() {
  const taken = begun;
  begun = undefined;
  return taken;
}

/** Whoever comes in without being asked, or what to ask. */
async function enterQuietly(
  config: ConfigApi,
): Promise<{ identity: IdentityApi } | { providers: SignInProvider[]; error?: Error }> {
  const providers = await listProviders(config);
  const last = providers.find(({ id }) => id === lastProvider());
  if (last?.kind === 'oauth') {
    const session = sessionOf(last.id, config);
    if (await session.resume()) {
      return { identity: session };
    }
  }
  const [first, ...others] = providers;
  const isGuest = last?.kind === 'guest' || (first?.kind === 'guest' && others.length === 0);
  if (isGuest && !hasLeft()) {
    try {
      return { identity: await enterAsGuest(config) };
    } catch (error) {
      return { providers, error: error as Error };
    }
  }
  return { providers };
}

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
