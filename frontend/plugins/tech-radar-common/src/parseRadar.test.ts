import { expect, it } from 'vitest';
import { parseRadar } from './parseRadar';

const quadrants = ['a', 'b', 'c', 'd'].map(id => ({ id, name: id.toUpperCase() }));
const rings = [{ id: 'use', name: 'Use', color: 'green' }];
const entry = (change: object = {}) => ({
  key: 'rust',
  id: 'rust',
  quadrant: 'a',
  title: 'Rust',
  timeline: [{ date: '2026-02-01', ringId: 'use', moved: 1 }],
  ...change,
});

it('reads dates from texts and keeps the rest', () => {
  const radar = parseRadar({ quadrants, rings, entries: [entry({ links: [{ url: 'https://rust-lang.org' }] })] });
  expect(radar.entries[0]?.timeline[0]?.date).toEqual(new Date('2026-02-01'));
  expect(radar.entries[0]?.links).toEqual([{ url: 'https://rust-lang.org', title: 'https://rust-lang.org' }]);
  expect(parseRadar({ quadrants, rings, entries: [entry({ timeline: [{ date: new Date(0), ringId: 'use' }] })] })).toBeTruthy();
});

it.each([
  ['nothing', undefined, 'the radar must be an object'],
  ['three quadrants', { quadrants: quadrants.slice(1), rings, entries: [] }, 'quadrants must be 4, but there are 3'],
  ['no rings', { quadrants, rings: [], entries: [] }, 'rings must not be empty'],
  ['an unknown ring', { quadrants, rings, entries: [entry({ timeline: [{ date: '2026-02-01', ringId: 'x' }] })] }, "entries[0].timeline[0].ringId names no ring: 'x'"],
  ['an unknown quadrant', { quadrants, rings, entries: [entry({ quadrant: 'x' })] }, "entries[0].quadrant names no quadrant: 'x'"],
  ['no date', { quadrants, rings, entries: [entry({ timeline: [{ date: 'soon', ringId: 'use' }] })] }, "entries[0].timeline[0].date is no date: 'soon'"],
  ['an empty timeline', { quadrants, rings, entries: [entry({ timeline: [] })] }, 'entries[0].timeline must not be empty'],
  ['one entry twice', { quadrants, rings, entries: [entry(), entry()] }, "entries[1].id is there twice: 'rust'"],
  ['a move by two', { quadrants, rings, entries: [entry({ timeline: [{ date: '2026-02-01', ringId: 'use', moved: 2 }] })] }, 'entries[0].timeline[0].moved must be -1, 0 or 1, not 2'],
])('says where the mistake is: %s', (_, data, message) => {
  expect(() => parseRadar(data)).toThrow(message);
});
