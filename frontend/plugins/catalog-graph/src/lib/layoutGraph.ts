import type { Graph } from './loadGraph';

export type Direction = 'LR' | 'RL' | 'TB' | 'BT';

export const NODE_WIDTH = 172;
export const NODE_HEIGHT = 32;
const GAP = 12;
const LAYER_GAP = 120;
const LABEL_MARGIN = 6;
/** A layer of more nodes than this goes on in a further row or column. */
const PER_LINE = 40;

export interface PlacedNode {
  ref: string;
  x: number;
  y: number;
}

export interface GraphLayout {
  places: ReadonlyMap<string, PlacedNode>;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Puts nodes into layers by their distance from the root. Boxes have one size and never touch, so names never overlap. */
export function layoutGraph({ nodes, edges }: Graph, direction: Direction): GraphLayout {
  const horizontal = direction === 'LR' || direction === 'RL';
  const flip = direction === 'RL' || direction === 'BT' ? -1 : 1;
  const [along, across] = horizontal ? [NODE_WIDTH, NODE_HEIGHT] : [NODE_HEIGHT, NODE_WIDTH];
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of edges) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const layers = new Map<number, string[]>();
  nodes.forEach(({ ref, level }) => layers.set(level, [...(layers.get(level) ?? []), ref]));

  const places = new Map<string, PlacedNode>();
  const extents = new Map<number, { start: number; width: number }>();
  // From the root outwards, so that each layer can be ordered by where its neighbours nearer to the root are.
  for (const level of [...layers.keys()].sort((a, b) => Math.abs(a) - Math.abs(b) || a - b)) {
    const refs = orderLayer(layers.get(level) ?? [], neighbours, places, horizontal);
    const lines = Math.ceil(refs.length / PER_LINE);
    const perLine = Math.ceil(refs.length / lines);
    const width = lines * (along + GAP) - GAP;
    const before = extents.get(level - Math.sign(level)) ?? { start: 0, width: 0 };
    const start =
      level > 0 ? before.start + before.width + LAYER_GAP : level < 0 ? before.start - LAYER_GAP - width : 0;
    extents.set(level, { start, width });
    refs.forEach((ref, index) => {
      const line = Math.floor(index / perLine);
      // The first line of a layer is the one nearest to the root.
      const step = level < 0 ? lines - 1 - line : line;
      const main = (start + step * (along + GAP)) * flip;
      const side = ((index % perLine) - (Math.min(perLine, refs.length - line * perLine) - 1) / 2) * (across + GAP);
      places.set(ref, horizontal ? { ref, x: main, y: side } : { ref, x: side, y: main });
    });
  }
  return bounds(places);
}

/** Nodes in the order of the middle of their neighbours that have a place already; ties by their references. */
function orderLayer(
  refs: readonly string[],
  neighbours: ReadonlyMap<string, string[]>,
  places: ReadonlyMap<string, PlacedNode>,
  horizontal: boolean,
): string[] {
  const middles = new Map(
    refs.map(ref => {
      const known = (neighbours.get(ref) ?? []).flatMap(other => places.get(other) ?? []);
      return [ref, known.reduce((sum, { x, y }) => sum + (horizontal ? y : x), 0) / Math.max(1, known.length)];
    }),
  );
  return [...refs].sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0) || (a < b ? -1 : 1));
}

function bounds(places: ReadonlyMap<string, PlacedNode>): GraphLayout {
  const all = [...places.values()];
  if (all.length === 0) {
    return { places, left: 0, top: 0, width: 0, height: 0 };
  }
  const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))];
  const [right, bottom] = [Math.max(...all.map(({ x }) => x)), Math.max(...all.map(({ y }) => y))];
  return { places, left, top, width: right - left + NODE_WIDTH, height: bottom - top + NODE_HEIGHT };
}

/** The curve of an edge: where it starts, its two handles, and where it ends. */
export function edgeCurve(
  { places }: GraphLayout,
  from: string,
  to: string,
  direction: Direction,
): [x1: number, y1: number, cx1: number, cy1: number, cx2: number, cy2: number, x2: number, y2: number] {
  const [a, b] = [places.get(from) ?? { x: 0, y: 0 }, places.get(to) ?? { x: 0, y: 0 }];
  if (direction === 'LR' || direction === 'RL') {
    const [start, end] = a.x <= b.x ? [a, b] : [b, a];
    const [x1, y1, x2, y2] = [start.x + NODE_WIDTH, start.y + NODE_HEIGHT / 2, end.x, end.y + NODE_HEIGHT / 2];
    const bend = Math.max(32, (x2 - x1) / 2);
    return [x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2];
  }
  const [start, end] = a.y <= b.y ? [a, b] : [b, a];
  const [x1, y1, x2, y2] = [start.x + NODE_WIDTH / 2, start.y + NODE_HEIGHT, end.x + NODE_WIDTH / 2, end.y];
  const bend = Math.max(24, (y2 - y1) / 2);
  return [x1, y1, x1, y1 + bend, x2, y2 - bend, x2, y2];
}

/** Where the names of relations stand: in the gap beside the node that is farther from the root. */
export interface EdgeLabel {
  ref: string;
  x: number;
  y: number;
  anchor: 'start' | 'end';
  /** Forward names of pairs. */
  pairs: readonly string[];
}

/** More lines than this are told apart by hovering. */
const MOST_LABELLED_EDGES = 80;

/** The names of relations, one for each node, so that none covers another. Only where lines run sideways is there room. */
export function edgeLabels({ nodes, edges }: Graph, { places }: GraphLayout, direction: Direction): EdgeLabel[] {
  if (edges.length > MOST_LABELLED_EDGES || direction === 'TB' || direction === 'BT') {
    return [];
  }
  const levels = new Map(nodes.map(({ ref, level }) => [ref, Math.abs(level)]));
  const labels = new Map<string, EdgeLabel>();
  for (const { from, to, pairs } of edges) {
    const [a, b] = [levels.get(from) ?? 0, levels.get(to) ?? 0];
    const [outer, inner] = a > b ? [from, to] : [to, from];
    const [place, other] = [places.get(outer), places.get(inner)];
    if (a === b || !place || !other) {
      continue;
    }
    const isLeft = place.x < other.x;
    const label = labels.get(outer);
    labels.set(outer, {
      ref: outer,
      x: isLeft ? place.x + NODE_WIDTH + LABEL_MARGIN : place.x - LABEL_MARGIN,
      y: place.y + NODE_HEIGHT / 2 - LABEL_MARGIN / 2,
      anchor: isLeft ? 'start' : 'end',
      pairs: [...new Set([...(label?.pairs ?? []), ...pairs])],
    });
  }
  return [...labels.values()];
}

/** The node at a point of the drawing. */
export function nodeAt({ places }: GraphLayout, x: number, y: number): string | undefined {
  return [...places.values()].find(place => x >= place.x && x <= place.x + NODE_WIDTH && y >= place.y && y <= place.y + NODE_HEIGHT)?.ref;
}
