import { english } from '@callboard/core-components';
import { createMessages } from '@callboard/core-plugin-api';

/** Every text of the page. */
export const { ref: homeTranslationRef, useMessages } = createMessages({
  id: 'plugin.home',
  messages: {
    title: 'Home',
    description: 'Where a person goes on: what they own, starred and looked at.',
    welcome: (name: string) => `Welcome, ${name}`,
    noCards: {
      title: 'No cards are shown here',
      text: 'Configuration has turned all of them off. home-card extensions under app.extensions in app-config.yaml turn them on.',
    },
    arrange: {
      start: 'Arrange',
      done: 'Done',
      hint: 'Drag cards, or move them by their buttons. What you change is kept for you.',
      list: 'Cards',
      earlier: (title: string) => `Move ${title} forward`,
      later: (title: string) => `Move ${title} back`,
      wide: (title: string) => `Make ${title} wide`,
      narrow: (title: string) => `Make ${title} narrow`,
      remove: (title: string) => `Remove ${title}`,
      add: (title: string) => `Add ${title}`,
      moved: (title: string, place: number, count: number) => `${title} is number ${english.number(place)} of ${english.number(count)}.`,
      taken: 'Cards to add',
      restore: 'Restore defaults',
      none: 'You have removed all cards',
      noneText: 'Arrange the page to add some again.',
    },
    owned: {
      title: 'My components',
      failed: 'Could not load what you own',
      none: 'You own no components yet',
      noneText: 'Components whose owner is you or one of your groups are listed here.',
      all: 'All that you own',
    },
    starred: {
      title: 'Starred',
      none: 'Nothing starred yet',
      noneText: 'The star next to a name keeps an entity here.',
      all: 'All that you starred',
    },
    recent: {
      title: 'Recently visited',
      none: 'No visits yet',
      noneText: 'Pages that you look at are listed here, the latest first.',
    },
    top: {
      title: 'Top visited',
      none: 'No visits yet',
      noneText: 'Pages that you look at most are listed here.',
      visits: (count: number) => (count === 1 ? '1 visit' : `${english.number(count)} visits`),
    },
  },
});

export type Messages = ReturnType<typeof useMessages>;
