import type { Formats } from '@callboard/core-components';
import type { RadarEntry, RadarMovement, TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';

/** How an entry may stand now compared with before. */
export const MOVEMENTS = ['in', 'out', 'new', 'still'] as const;
export type Movement = (typeof MOVEMENTS)[number];

/** An entry with what is derived of it. */
export interface PlacedEntry extends RadarEntry {
  /** Counted through quadrants and rings, as the legend lists them. */
  number: number;
  quadrantIndex: number;
  ringIndex: number;
  movement: Movement;
}

/** What narrows the radar. */
export interface RadarFilter {
  text: string;
  quadrant: string | undefined;
  movement: Movement | undefined;
}

/** The entries in the legend's order, numbered. */
export function placeEntries({ quadrants, rings, entries }: TechRadarLoaderResponse, { compare }: Formats): PlacedEntry[] {
  const newest = Math.max(...entries.map(latest));
  const grows = entries.some(entry => latest(entry) < newest);
  const ringIndex = (id: string | undefined) => rings.findIndex(ring => ring.id === id);
  return entries
    .map(entry => ({
      ...entry,
      quadrantIndex: quadrants.findIndex(({ id }) => id === entry.quadrant),
      ringIndex: ringIndex(entry.timeline[0]?.ringId),
      movement: movementOf(entry, ringIndex, grows && latest(entry) === newest),
    }))
    .sort(
      (a, b) =>
        a.quadrantIndex - b.quadrantIndex || a.ringIndex - b.ringIndex || compare(a.title, b.title),
    )
    .map((entry, index) => ({ ...entry, number: index + 1 }));
}

/** The move of the snapshot at `index`; one that does not say is compared with the one before it. */
export function moveAt(
  { timeline }: Pick<RadarEntry, 'timeline'>,
  index: number,
  ringIndex: (id: string | undefined) => number,
): RadarMovement {
  const snapshot = timeline[index];
  const before = timeline[index + 1];
  if (snapshot?.moved !== undefined || !snapshot || !before) {
    return snapshot?.moved ?? 0;
  }
  return Math.sign(ringIndex(before.ringId) - ringIndex(snapshot.ringId)) as RadarMovement;
}

/** Whether the filter lets an entry through. All words must occur. */
export function matches(entry: PlacedEntry, { text, quadrant, movement }: RadarFilter): boolean {
  const searched = [entry.title, entry.description, entry.timeline[0]?.description].join(' ').toLowerCase();
  return (
    (quadrant === undefined || entry.quadrant === quadrant) &&
    (movement === undefined || entry.movement === movement) &&
    text
      .toLowerCase()
      .split(/\s+/)
      .every(word => searched.includes(word))
  );
}

function latest({ timeline }: RadarEntry): number {
  return timeline[0]?.date.getTime() ?? 0;
}

function movementOf(entry: RadarEntry, ringIndex: (id: string | undefined) => number, isLatest: boolean): Movement {
  const move = moveAt(entry, 0, ringIndex);
  if (isLatest && entry.timeline.length === 1 && entry.timeline[0]?.moved === undefined) {
    return 'new';
  }
  return move === 1 ? 'in' : move === -1 ? 'out' : 'still';
}
