import type { PlacedEntry } from './radarEntries';

/** The drawing's half width; the radar is a circle of this radius around the origin. */
export const RADIUS = 320;
/** Half the width of the cross between the quadrants, in which the rings are named. */
export const GUTTER = 14;
/** The radius of a blip. */
export const BLIP = 10.5;

const CLEARANCE = 2.5;
const ROUNDS = 120;
/** Multiples of these, less their whole parts, spread evenly over an area (the R2 sequence). */
const SPREAD = [0.7548776662, 0.5698402911] as const;

export interface Point {
  x: number;
  y: number;
}

/** Where each ring ends. The inner rings are wider than their share, since most entries live there. */
export function ringRadii(count: number): number[] {
  return Array.from({ length: count }, (_, index) => RADIUS * ((index + 1) / count) ** 0.82);
}

/** Which way a quadrant lies; the first is at the bottom right, the others follow clockwise. */
export function quadrantSigns(index: number): Point {
  return { x: index === 0 || index === 3 ? 1 : -1, y: index < 2 ? 1 : -1 };
}

/** The outline of a ring within a quadrant. */
export function segmentPath(quadrant: number, inner: number, outer: number): string {
  const { x, y } = quadrantSigns(quadrant);
  const at = (horizontal: number, vertical: number) => `${GUTTER * x + horizontal * x} ${GUTTER * y + vertical * y}`;
  const sweep = x * y > 0 ? 1 : 0;
  const arc = (radius: number, direction: number, to: string) => `A ${radius} ${radius} 0 0 ${direction} ${to}`;
  const back = inner > 0 ? `L ${at(0, inner)} ${arc(inner, 1 - sweep, at(inner, 0))}` : `L ${at(0, 0)}`;
  return `M ${at(inner, 0)} L ${at(outer, 0)} ${arc(outer, sweep, at(0, outer))} ${back} Z`;
}

/** Where the blips of a quadrant are. The same entries always lie at the same places, and no two lie on each other. */
export function placeBlips(entries: readonly PlacedEntry[], rings: number): Map<string, Point> {
  const radii = ringRadii(rings);
  const placed = new Map<string, Point>();
  for (const quadrant of [0, 1, 2, 3]) {
    const blips = entries
      .filter(({ quadrantIndex }) => quadrantIndex === quadrant)
      .map((entry, index) => startOf(entry, index, radii));
    // Keeps also those apart from the axes that no other pushes.
    blips.forEach(blip => move(blip, 0, 0));
    for (let round = 0; round < ROUNDS && separate(blips); round += 1);
    const signs = quadrantSigns(quadrant);
    for (const { id, x, y } of blips) {
      placed.set(id, { x: (GUTTER + x) * signs.x, y: (GUTTER + y) * signs.y });
    }
  }
  return placed;
}

interface Blip extends Point {
  id: string;
  inner: number;
  outer: number;
}

function startOf({ id, ringIndex, quadrantIndex }: PlacedEntry, index: number, radii: readonly number[]): Blip {
  const inner = (radii[ringIndex - 1] ?? 0) + BLIP + CLEARANCE;
  const outer = Math.max(inner, (radii[ringIndex] ?? RADIUS) - BLIP - CLEARANCE);
  // Each ring of each quadrant starts elsewhere, so that the whole looks scattered.
  const step = index + 1 + 5 * quadrantIndex + 3 * ringIndex;
  const angle = 0.12 + fraction(step * SPREAD[0]) * (Math.PI / 2 - 0.24);
  const radius = Math.sqrt(inner ** 2 + (outer ** 2 - inner ** 2) * fraction(step * SPREAD[1]));
  return { id, inner, outer, x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
}

/** Pushes blips that touch apart, each within its ring. False when none did. */
function separate(blips: Blip[]): boolean {
  const wanted = 2 * BLIP + CLEARANCE;
  let moved = false;
  blips.forEach((a, index) => {
    for (const b of blips.slice(index + 1)) {
      const distance = Math.hypot(a.x - b.x, a.y - b.y);
      if (distance < wanted) {
        moved = true;
        // Two at one place part along a direction that their order decides.
        const x = distance > 0.01 ? (a.x - b.x) / distance : Math.cos(index);
        const y = distance > 0.01 ? (a.y - b.y) / distance : Math.sin(index);
        const push = (wanted - distance) / 2 + 0.2;
        move(a, x * push, y * push);
        move(b, -x * push, -y * push);
      }
    }
  });
  return moved;
}

function move(blip: Blip, x: number, y: number): void {
  const edge = BLIP + CLEARANCE;
  const right = Math.max(edge, blip.x + x);
  const down = Math.max(edge, blip.y + y);
  const radius = Math.hypot(right, down);
  const scale = Math.min(blip.outer, Math.max(blip.inner, radius)) / radius;
  blip.x = Math.max(edge, right * scale);
  blip.y = Math.max(edge, down * scale);
}

function fraction(value: number): number {
  return value - Math.floor(value);
}
