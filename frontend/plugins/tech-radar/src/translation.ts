import { createMessages } from '@callboard/core-plugin-api';
import type { Movement } from './lib/radarEntries';
import { installationTexts } from './installationTexts';

const MOVEMENTS: Record<Movement, string> = { in: 'Moved in', out: 'Moved out', new: 'New', still: 'No change' };

/** Every text of the radar. */
export const { ref: techRadarTranslationRef, useMessages } = createMessages({
  id: 'plugin.tech-radar',
  messages: {
    ...installationTexts,
    failed: 'The radar could not be loaded',
    failedHint: 'Where it lies is configured for page:tech-radar in app.extensions of the portal’s configuration.',
    search: 'Search the radar',
    which: 'Which radar',
    view: 'View',
    views: { radar: 'Radar', table: 'Table' },
    quadrants: 'Quadrant',
    allQuadrants: 'All quadrants',
    movements: 'Movement',
    movement: MOVEMENTS,
    anyMovement: 'Any movement',
    drawing: (count: number) =>
      `Radar with ${count === 1 ? 'one entry' : `${count} entries`}. Arrow keys go from entry to entry, Enter opens one.`,
    blip: (number: number, title: string, ring: string, movement: Movement) =>
      `${number} ${title}, ${ring}${movement === 'still' ? '' : `, ${MOVEMENTS[movement].toLowerCase()}`}`,
    legend: 'Legend',
    ringEmpty: 'Nothing here',
    shown: (count: number, total: number) => (count === total ? `${total} entries` : `${count} of ${total} entries`),
    none: 'Nothing on the radar matches',
    noneText: 'Search for something else, or take a filter away.',
    clear: 'Clear all',
    emptyTitle: 'The radar is empty',
    emptyText: 'Entries have a title, a quadrant and a timeline of rings. One looks like this in the radar’s file:',
    example: 'An entry of a radar',
    rings: 'What the rings mean',
    columns: { number: 'No.', title: 'Name', quadrant: 'Quadrant', ring: 'Ring', movement: 'Movement', since: 'Since' },
    entry: {
      learnMore: 'Learn more',
      history: 'History',
      noDescription: 'Nobody has written yet why it is where it is.',
      moved: { '1': 'in', '0': 'unchanged', '-1': 'out' } as Record<string, string>,
      previous: (title?: string) => ['Previous entry', title].filter(Boolean).join(': '),
      next: (title?: string) => ['Next entry', title].filter(Boolean).join(': '),
    },
  },
});

export type Messages = ReturnType<typeof useMessages>;

/** What the smallest useful entry looks like. */
export const EXAMPLE_ENTRY = `entries:
  - id: rust
    title: Rust
    quadrant: languages
    description: For services with tight budgets of memory and time.
    timeline:
      - date: 2026-02-01
        ringId: trial
`;
