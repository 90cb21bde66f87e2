import { NODE_HEIGHT, NODE_WIDTH, type Direction, type GraphLayout } from './layoutGraph';
import type { DrawnGraph } from './presentGraph';

/** Where the names of relations stand: in the gap beside the node that is farther from the root. */
export interface EdgeLabel {
  ref: string;
  x: number;
  y: number;
  anchor: 'start' | 'end';
  /** The types that lead to the node, above the line. */
  outward: string[];
  /** Those that lead back, below it. */
  inward: string[];
}

const MARGIN = 6;
/** More lines than this are told apart by hovering. */
const MOST_LABELLED_EDGES = 80;

/** The names of relations, one label for each node, so that none covers another. Only where lines run sideways is there room. */
export function edgeLabels({ edges }: DrawnGraph, { places }: GraphLayout, direction: Direction): EdgeLabel[] {
  if (edges.length > MOST_LABELLED_EDGES || direction === 'TB' || direction === 'BT') {
    return [];
  }
  const labels = new Map<string, EdgeLabel>();
  for (const { from, to, relations } of edges) {
    const [a, b] = [places.get(from), places.get(to)];
    if (!a || !b || a.level === b.level) {
      continue;
    }
    const [outer, inner] = a.level > b.level ? [a, b] : [b, a];
    const isLeft = outer.x < inner.x;
    const label = labels.get(outer.ref) ?? {
      ref: outer.ref,
      x: isLeft ? outer.x + NODE_WIDTH + 2 * MARGIN : outer.x - 2 * MARGIN,
      y: outer.y + NODE_HEIGHT / 2,
      anchor: isLeft ? 'start' : 'end',
      outward: [],
      inward: [],
    };
    for (const { type, back } of relations) {
      const [there, home] = inner === a ? [type, back] : [back, type];
      label.outward = withName(label.outward, there);
      label.inward = withName(label.inward, home);
    }
    labels.set(outer.ref, label);
  }
  return [...labels.values()];
}

function withName(names: string[], name: string | undefined): string[] {
  return name === undefined || names.includes(name) ? names : [...names, name];
}
