import type { IdentityApi, SignInPageProps } from '@callboard/core-plugin-api';
import { useState, type ComponentType, type ReactNode } from 'react';

/** Shows the sign-in page until somebody has signed in, and what is behind it from then on. */
export function SignInGate(props: {
  SignInPage: ComponentType<SignInPageProps> | undefined;
  onSignIn(identity: IdentityApi): void;
  children?: ReactNode;
}) {
  const { SignInPage, onSignIn, children } = props;
  const [isIn, setIsIn] = useState(false);
  if (!SignInPage || isIn) {
    return children;
  }
  return (
    <SignInPage
      onSignInSuccess={identity => {
        onSignIn(identity);
        setIsIn(true);
      }}
    />
  );
}
