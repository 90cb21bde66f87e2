import { english } from '@callboard/core-components';
import { parseRadar } from '@callboard/plugin-tech-radar-common';
import { describe, expect, it } from 'vitest';
import { builtInRadar } from '../api/builtInRadar';
import { matches, placeEntries } from './radarEntries';
import { BLIP, GUTTER, placeBlips, quadrantSigns, ringRadii } from './radarLayout';

const quadrants = ['a', 'b', 'c', 'd'].map(id => ({ id, name: id }));
const rings = ['in', 'mid', 'out'].map(id => ({ id, name: id }));

function entry(id: string, timeline: [date: string, ringId: string, moved?: number][], quadrant = 'a') {
  return { id, quadrant, title: id, timeline: timeline.map(([date, ringId, moved]) => ({ date, ringId, moved })) };
}

function place(...entries: object[]) {
  return placeEntries(parseRadar({ quadrants, rings, entries }), english);
}

describe('movement', () => {
  it('is what the data says, else what the rings before and after say', () => {
    const placed = place(
      entry('says-out', [['2026-01-01', 'in', -1], ['2025-01-01', 'out']]),
      entry('came-in', [['2026-01-01', 'in'], ['2025-01-01', 'mid']]),
      entry('went-out', [['2026-01-01', 'out'], ['2025-01-01', 'mid']]),
      entry('stayed', [['2025-01-01', 'out']]),
      entry('is-new', [['2026-01-01', 'mid']]),
    );
    expect(Object.fromEntries(placed.map(({ id, movement }) => [id, movement]))).toEqual({
      'says-out': 'out',
      'came-in': 'in',
      'went-out': 'out',
      stayed: 'still',
      'is-new': 'new',
    });
  });

  it('calls nothing new on a radar of one date', () => {
    expect(place(entry('one', [['2026-01-01', 'in']]), entry('two', [['2026-01-01', 'in']])).map(one => one.movement)).toEqual(['still', 'still']);
  });
});

it('numbers entries through quadrants, rings and titles', () => {
  const placed = place(entry('z', [['2026-01-01', 'in']]), entry('a', [['2026-01-01', 'out']]), entry('b', [['2026-01-01', 'in']], 'b'));
  expect(placed.map(({ id, number }) => [id, number])).toEqual([['z', 1], ['a', 2], ['b', 3]]);
});

it('finds entries by all words, by quadrant and by movement', () => {
  const [rust] = placeEntries(parseRadar(builtInRadar), english).filter(({ id }) => id === 'rust');
  if (!rust) {
    throw new Error('the built-in radar has Rust');
  }
  const all = { text: '', quadrant: undefined, movement: undefined };
  expect(matches(rust, { ...all, text: 'memory  RUST' })).toBe(true);
  expect(matches(rust, { ...all, text: 'memory java' })).toBe(false);
  expect(matches(rust, { ...all, quadrant: 'tools' })).toBe(false);
  expect(matches(rust, { ...all, movement: 'in' })).toBe(true);
});

describe('the drawing', () => {
  const many = place(
    ...quadrants.flatMap(({ id: quadrant }) =>
      rings.flatMap(ring => Array.from({ length: 12 }, (_, index) => entry(`${quadrant}-${ring.id}-${index}`, [['2026-01-01', ring.id]], quadrant))),
    ),
  );
  const places = placeBlips(many, rings.length);
  const radii = ringRadii(rings.length);

  it('keeps every blip within its ring and its quadrant', () => {
    for (const { id, ringIndex, quadrantIndex } of many) {
      const { x = 0, y = 0 } = places.get(id) ?? {};
      const signs = quadrantSigns(quadrantIndex);
      const [across, down] = [x * signs.x - GUTTER, y * signs.y - GUTTER];
      expect(Math.min(across, down)).toBeGreaterThanOrEqual(BLIP);
      const radius = Math.hypot(across, down);
      expect(radius).toBeGreaterThan((radii[ringIndex - 1] ?? 0) - 1);
      expect(radius).toBeLessThan((radii[ringIndex] ?? 0) + 1);
    }
  });

  it('lays no blip on another', () => {
    const all = [...places.values()];
    for (const [index, a] of all.entries()) {
      for (const b of all.slice(index + 1)) {
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(2 * BLIP - 2);
      }
    }
  });

  it('is the same each time', () => {
    expect(placeBlips(many, rings.length)).toEqual(places);
  });
});
