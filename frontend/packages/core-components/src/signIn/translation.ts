import { createMessages } from '@callboard/core-plugin-api';
import { english } from '../lib/formats';

/** Every text of signing in and out; apart from the others, since most people come in without seeing any. */
export const { ref: coreSignInTranslationRef, useMessages } = createMessages({
  id: 'core-sign-in',
  messages: {
    signIn: {
      title: 'Sign in',
      with: (provider: string) => `Sign in with ${provider}`,
      asGuest: 'Continue as guest',
      failed: 'You could not be signed in',
      unknownHint: 'You are known to the provider, but not to the portal. Whoever runs it can add you to the catalog.',
      none: 'The portal offers no way to sign in. Whoever runs it can add one under auth.providers in its configuration.',
      inPopup: 'Go on in the window that has opened.',
      custom: {
        title: 'Your own user',
        note: 'Say who you are, and bring a token if what you open asks for one. Nothing of it is kept.',
        userId: 'User ID',
        userIdMissing: 'Enter a user ID',
        idToken: 'ID token (optional)',
        idTokenInvalid: 'This is no JSON web token: it has three parts with points between them',
        enter: 'Continue',
      },
      proxyHint: 'What stands in front of the portal did not sign you in. Load the page anew, or ask whoever runs it.',
    },
    oauthRequest: {
      title: 'Sign in to go on',
      why: (app: string) => `What you opened needs to ask for things in your name. Sign in so that ${app} may:`,
      leaves: 'You leave this page to sign in, and come back to it.',
      notNow: 'Not now',
    },
    autoLogout: {
      title: 'Are you still there?',
      text: (seconds: number) => (seconds === 1 ? 'You are signed out in 1 second.' : `You are signed out in ${english.number(seconds)} seconds.`),
      stay: 'Stay signed in',
    },
  },
});

export type Messages = ReturnType<typeof useMessages>;
