import type { IdentityApi, SignInPageComponent } from '@callboard/core-plugin-api';
import { useState, type ReactNode } from 'react';

/**
 * Shows the sign-in page until somebody has signed in, and what is behind it from then on. Who is expected to come in
 * without being asked sees it at once; its requests wait until they are in.
 */
export function SignInGate(props: {
  SignInPage: SignInPageComponent | undefined;
  /** Whether the person is expected to come in without being asked. */
  isExpected: boolean;
  onSignIn(identity: IdentityApi): void;
  children?: ReactNode;
}) {
  const { SignInPage, isExpected, onSignIn, children } = props;
  const [state, setState] = useState<'entering' | 'asking' | 'in'>(isExpected ? 'entering' : 'asking');
  if (!SignInPage) {
    return children;
  }
  return (
    <>
      {state !== 'asking' && children}
      {state !== 'in' && (
        <SignInPage
          onQuestion={() => setState('asking')}
          onSignInSuccess={identity => {
            onSignIn(identity);
            setState('in');
          }}
        />
      )}
    </>
  );
}
