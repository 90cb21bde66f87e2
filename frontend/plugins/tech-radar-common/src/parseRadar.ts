import type { RadarEntry, RadarLink, RadarMovement, RadarSnapshot, TechRadarLoaderResponse } from './types';

type Json = Record<string, unknown>;

/** Drawn on four quarters of a circle. */
const QUADRANTS = 4;

/**
 * Reads a radar from JSON. Dates may be ISO texts or Dates. What is wrong is an error that names the place, such as
 * `entries[3].timeline[0].ringId`.
 */
export function parseRadar(data: unknown): TechRadarLoaderResponse {
  const radar = object(data, 'the radar');
  const quadrants = list(radar.quadrants, 'quadrants').map((quadrant, index) => {
    const path = `quadrants[${index}]`;
    const { id, name } = object(quadrant, path);
    return { id: text(id, `${path}.id`), name: text(name, `${path}.name`) };
  });
  if (quadrants.length !== QUADRANTS) {
    fail('quadrants', `must be ${QUADRANTS}, but there are ${quadrants.length}`);
  }
  const rings = list(radar.rings, 'rings').map((ring, index) => {
    const path = `rings[${index}]`;
    const { id, name, color, description } = object(ring, path);
    return {
      id: text(id, `${path}.id`),
      name: text(name, `${path}.name`),
      color: optionalText(color, `${path}.color`),
      description: optionalText(description, `${path}.description`),
    };
  });
  if (rings.length === 0) {
    fail('rings', 'must not be empty');
  }
  const known = { quadrants: ids(quadrants, 'quadrants'), rings: ids(rings, 'rings') };
  const entries = list(radar.entries, 'entries').map((entry, index) => parseEntry(entry, `entries[${index}]`, known));
  ids(entries, 'entries');
  return { quadrants, rings, entries };
}

interface Known {
  quadrants: Set<string>;
  rings: Set<string>;
}

function parseEntry(data: unknown, path: string, known: Known): RadarEntry {
  const entry = object(data, path);
  const id = text(entry.id ?? entry.key, `${path}.id`);
  const quadrant = text(entry.quadrant, `${path}.quadrant`);
  if (!known.quadrants.has(quadrant)) {
    fail(`${path}.quadrant`, `names no quadrant: '${quadrant}'`);
  }
  const timeline = list(entry.timeline, `${path}.timeline`).map((snapshot, index) =>
    parseSnapshot(snapshot, `${path}.timeline[${index}]`, known),
  );
  if (timeline.length === 0) {
    fail(`${path}.timeline`, 'must not be empty');
  }
  return {
    id,
    key: optionalText(entry.key, `${path}.key`) ?? id,
    quadrant,
    title: text(entry.title, `${path}.title`),
    url: optionalText(entry.url, `${path}.url`),
    description: optionalText(entry.description, `${path}.description`),
    links: entry.links === undefined ? undefined : list(entry.links, `${path}.links`).map((link, index) => parseLink(link, `${path}.links[${index}]`)),
    timeline,
  };
}

function parseSnapshot(data: unknown, path: string, { rings }: Known): RadarSnapshot {
  const { date, ringId, description, moved } = object(data, path);
  const ring = text(ringId, `${path}.ringId`);
  if (!rings.has(ring)) {
    fail(`${path}.ringId`, `names no ring: '${ring}'`);
  }
  const parsed = date instanceof Date ? date : new Date(text(date, `${path}.date`));
  if (Number.isNaN(parsed.getTime())) {
    fail(`${path}.date`, `is no date: '${String(date)}'`);
  }
  if (moved !== undefined && moved !== null && moved !== -1 && moved !== 0 && moved !== 1) {
    fail(`${path}.moved`, `must be -1, 0 or 1, not ${JSON.stringify(moved)}`);
  }
  return {
    date: parsed,
    ringId: ring,
    description: optionalText(description, `${path}.description`),
    moved: (moved ?? undefined) as RadarMovement | undefined,
  };
}

function parseLink(data: unknown, path: string): RadarLink {
  const { url, title } = object(data, path);
  const address = text(url, `${path}.url`);
  return { url: address, title: optionalText(title, `${path}.title`) ?? address };
}

function ids(items: readonly { id: string }[], path: string): Set<string> {
  const seen = new Set<string>();
  for (const [index, { id }] of items.entries()) {
    if (seen.has(id)) {
      fail(`${path}[${index}].id`, `is there twice: '${id}'`);
    }
    seen.add(id);
  }
  return seen;
}

function object(value: unknown, path: string): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : fail(path, 'must be an object');
}

function list(value: unknown, path: string): unknown[] {
  return Array.isArray(value) ? value : fail(path, 'must be a list');
}

function text(value: unknown, path: string): string {
  return typeof value === 'string' && value !== '' ? value : fail(path, 'must be a text');
}

function optionalText(value: unknown, path: string): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : text(value, path);
}

function fail(path: string, problem: string): never {
  const error = new Error(`${path} ${problem}`);
  error.name = 'InvalidRadarError';
  throw error;
}
