import { signInApiRef, useApi, useApp, type SignInPageProps } from '@callboard/core-plugin-api';
import { useEffect, useState, type ComponentType } from 'react';
import { ErrorPanel } from '../errors/ErrorPanel';
import { useMessages } from './translation';

export interface ProxiedSignInPageProps extends SignInPageProps {
  /** The provider that knows people by what stands in front of the portal. */
  provider: string;
  /** What is sent along when it is asked. */
  headers?: HeadersInit | (() => HeadersInit) | (() => Promise<HeadersInit>);
  /** Shown when it does not let the person in. */
  ErrorComponent?: ComponentType<{ error?: Error }>;
}

/** Lets people in whom something in front of the portal, such as an authenticating proxy, has signed in already. */
export function ProxiedSignInPage({ provider, headers, ErrorComponent, onSignInSuccess, onQuestion }: ProxiedSignInPageProps) {
  const text = useMessages().signIn;
  const signInApi = useApi(signInApiRef);
  const { Progress } = useApp().getComponents();
  const [error, setError] = useState<Error>();

  useEffect(() => {
    let isWanted = true;
    const enter = async () => signInApi.enterByProxy(provider, typeof headers === 'function' ? await headers() : headers);
    enter().then(
      identity => isWanted && onSignInSuccess(identity),
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
    // Once: what lets people in is not another function for being written anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [signInApi, provider]);

  if (!error) {
    return <Progress />;
  }
  return ErrorComponent ? <ErrorComponent error={error} /> : <ErrorPanel error={error} title={text.failed} hint={text.proxyHint} />;
}
