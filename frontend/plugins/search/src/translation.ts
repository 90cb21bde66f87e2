import { english } from '@callboard/core-components';
import { createMessages } from '@callboard/core-plugin-api';
import { installationTexts } from './installationTexts';

/** Every text of the page. */
export const { ref: searchTranslationRef, useMessages } = createMessages({
  id: 'plugin.search',
  messages: {
    ...installationTexts,
    field: 'Search everything',
    filters: {
      kind: 'Kind',
      type: 'Type',
      lifecycle: 'Lifecycle',
      clear: 'Clear filters',
      label: 'Filters',
      /** What opens them where there is no room beside the results. */
      summary: (chosen: number) => (chosen === 0 ? 'Filters' : `Filters (${english.number(chosen)})`),
      more: (count: number) => `${english.number(count)} more`,
      fewer: 'Fewer',
      failed: 'What to filter by could not be loaded',
      none: 'There is nothing to filter by yet.',
    },
    pageLimit: 'Per page',
    suggestions: {
      title: 'What finds something',
      term: (term: string) => `“${term}”`,
      unfiltered: (term: string) => `“${term}” without filters`,
    },
    results: 'Results',
    /** Said to those who listen, whenever there is an answer. */
    found: (count: number) => (count === 1 ? '1 result' : `${english.number(count)} results`),
    position: (first: number, last: number, total: number) =>
      `${english.number(first)}–${english.number(last)} of ${english.number(total)}`,
    next: 'Next result',
    previous: 'Previous result',
    startTitle: 'What are you looking for?',
    startText: 'Type a word, or choose a kind to see all of it. The best matches come first.',
    noneTitle: (term: string) => (term === '' ? 'Nothing matches the filters' : `Nothing found for “${term}”`),
    noneText: 'Try fewer or other words, or a name’s beginning.',
    noneFiltered: 'The filters may hide it.',
    pastTitle: 'There is nothing on this page',
    firstPage: 'First page',
    failed: 'Could not search',
    ownedBy: 'Owned by',
  },
});

export type Messages = ReturnType<typeof useMessages>;
