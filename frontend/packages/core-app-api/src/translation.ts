import { createMessages } from '@callboard/core-plugin-api';

/** Every text of the app's own. */
export const { ref: coreAppApiTranslationRef, useMessages } = createMessages({
  id: 'core-app-api',
  messages: {
    signIn: {
      title: 'Sign in',
      with: (provider: string) => `Sign in with ${provider}`,
      asGuest: 'Continue as guest',
      failed: 'You could not be signed in',
      unknownHint: 'You are known to the provider, but not to the portal. Whoever runs it can add you to the catalog.',
      none: 'The portal offers no way to sign in. Whoever runs it can add one under auth.providers in its configuration.',
      inPopup: 'Go on in the window that has opened.',
    },
  },
});

export type Messages = ReturnType<typeof useMessages>;
