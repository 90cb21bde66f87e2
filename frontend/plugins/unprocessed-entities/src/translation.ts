import { english } from '@callboard/core-components';
import { createMessages } from '@callboard/core-plugin-api';
import { installationTexts } from './installationTexts';

/** Every text of the page. */
export const { ref: unprocessedEntitiesTranslationRef, useMessages } = createMessages({
  id: 'plugin.unprocessed-entities',
  messages: {
    ...installationTexts,
    which: 'Why it is not processed',
    reasons: { failed: 'Failed', conflict: 'Conflicts', pending: 'Waiting' },
    explanations: {
      failed: 'Their last processing failed. Correct the file; it is read again by itself.',
      conflict: 'Another location has an entity of the same name already. Rename one, or remove one of the locations.',
      pending: 'They wait for their first processing. One that waits for long is behind many others, or its source does not answer.',
    },
    columns: { entity: 'Entity', why: 'What is wrong', location: 'Location', since: 'Since', next: 'Next try' },
    onChange: 'On change',
    onChangeText: 'It is tried again when its source changes.',
    noErrors: 'Nothing is wrong so far',
    refresh: 'Refresh',
    failed: 'Could not load what is unprocessed',
    countsFailed: 'How many there are could not be counted',
    position: (count: number, total: number) => `${english.number(count)} of ${english.number(total)}`,
    firstPage: 'First page',
    pastTitle: 'There is nothing on this page any more',
    none: {
      failed: 'Nothing has failed',
      conflict: 'Nothing is in conflict',
      pending: 'Nothing waits',
    },
    noneText: 'Every entity that has been found is in the catalog as its source has it.',
    detail: {
      errors: 'Errors',
      causedBy: 'caused by',
      descriptor: 'As it was read',
      emittedBy: 'Found by',
      id: 'Id',
    },
  },
});

export type Messages = ReturnType<typeof useMessages>;
