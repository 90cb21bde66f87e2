import { createMessages } from '@callboard/core-plugin-api';
import { installationTexts } from './installationTexts';

/** Every text of the page. */
export const { ref: userSettingsTranslationRef, useMessages } = createMessages({
  id: 'plugin.user-settings',
  messages: {
    ...installationTexts,
    appearance: {
      title: 'Appearance',
      label: 'Look of the portal',
      system: 'Same as system',
      text: 'Kept in this browser.',
    },
    language: {
      title: 'Language',
      label: 'Language of the portal',
    },
    profile: {
      title: 'You',
      failed: 'Could not find out who you are',
      signOut: 'Sign out',
      entity: 'In the catalog',
      groups: 'You act for',
      noGroups: 'No groups',
      noGroupsText: 'What groups you are in says your User entity in the catalog, under spec.memberOf.',
    },
    sessions: {
      title: 'Sessions',
      failed: 'Could not load your sessions',
      none: 'You have no sessions',
      noneText: 'Who signs in with a provider has one for each browser. Guests come and go without.',
      current: 'This browser',
      unknown: 'Unknown browser',
      columns: { browser: 'Browser', provider: 'Signed in with', address: 'Address', used: 'Last used', started: 'Started', action: 'Revoke' },
      revoke: 'Revoke',
      revokeOne: (browser: string) => `Revoke the session of ${browser}`,
      revokeTitle: 'Revoke this session?',
      revokeText: (browser: string) => `Whoever uses it (${browser}) has to sign in again, within minutes at the latest.`,
      revokeOthers: 'Revoke all others',
      revokeOthersTitle: 'Revoke all other sessions?',
      revokeOthersText: (count: number) =>
        count === 1
          ? 'The other browser has to sign in again. This one stays signed in.'
          : `The other ${count} browsers have to sign in again. This one stays signed in.`,
      revoked: 'Revoked',
    },
    providers: {
      title: 'Ways to sign in',
      failed: 'Could not load the ways to sign in',
      none: 'There is no way to sign in',
      noneText: 'Whoever runs the portal names them under auth.providers in its configuration.',
      current: 'In use',
      kinds: { guest: 'Without an account', oauth: 'With an account there' } as Readonly<Record<string, string>>,
    },
    flags: {
      title: 'Feature flags',
      none: 'There are no feature flags',
      noneText: 'Plugins register what may be tried before it is for everybody.',
      text: 'Kept in this browser. Some take effect when the page is loaded anew.',
      ofApp: 'The portal',
    },
  },
});

export type Messages = ReturnType<typeof useMessages>;
