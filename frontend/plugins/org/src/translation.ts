import { english } from '@callboard/core-components';
import { createMessages } from '@callboard/core-plugin-api';

/** Every text of the plugin. */
export const { ref: orgTranslationRef, useMessages } = createMessages({
  id: 'plugin.org',
  messages: {
    plugin: 'Organisation',
    description: 'Groups, people, and what they own.',
    mine: {
      title: 'My groups',
      one: 'My group',
    },
    profile: {
      title: 'Profile',
      children: 'Groups within',
      memberOf: 'Member of',
      empty: 'The file of this entity says no more. Add spec.profile with a displayName, an email and a picture.',
    },
    owner: {
      title: (count: number) => (count === 1 ? 'Owner' : 'Owners'),
      failed: 'The owner could not be loaded',
      members: 'Members',
      count: (count: number) => (count === 1 ? '1 person' : `${english.number(count)} people`),
    },
    members: {
      title: 'Members',
      search: 'Search members',
      include: 'Which members',
      direct: 'Direct',
      all: 'With groups within',
      none: 'Nobody is a member yet',
      noneText: 'People name their groups in spec.memberOf of their own file.',
      noMatch: 'Nobody of that name is a member.',
      failed: 'The members could not be loaded',
      more: (count: number) => `Show ${english.number(count)} more`,
    },
    ownership: {
      title: 'Ownership',
      which: 'Whose',
      direct: 'Direct',
      all: 'With groups',
      none: 'Owns nothing yet',
      noneText: 'What names it in spec.owner is counted here.',
      failed: 'What is owned could not be counted',
      more: (count: number) => (count === 1 ? 'Show 1 more type' : `Show ${english.number(count)} more types`),
    },
    hierarchy: {
      title: 'Hierarchy',
      failed: 'The hierarchy could not be loaded',
      current: 'this group',
      alone: 'It stands alone: no group is above it, and none within. A group names the one above it in spec.parent.',
    },
  },
});

export type Messages = ReturnType<typeof useMessages>;
