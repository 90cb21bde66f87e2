export type Direction = 'LR' | 'RL' | 'TB' | 'BT';

/** What of a graph says where its nodes stand. */
interface Placeable {
  nodes: readonly { ref: string; level: number }[];
  edges: readonly { from: string; to: string }[];
}

export const NODE_WIDTH = 172;
export const NODE_HEIGHT = 32;
const GAP = 12;
const LAYER_GAP = 120;
/** A layer of more nodes than this goes on in a further row or column. */
const PER_LINE = 40;

export interface PlacedNode {
  ref: string;
  /** Steps from the root, on whichever side. */
  level: number;
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
export function layoutGraph({ nodes, edges }: Placeable, direction: Direction): GraphLayout {
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
      places.set(ref, { ref, level: Math.abs(level), ...(horizontal ? { x: main, y: side } : { x: side, y: main }) });
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

/** The node at a point of the drawing. */
export function nodeAt({ places }: GraphLayout, x: number, y: number): string | undefined {
  return [...places.values()].find(place => x >= place.x && x <= place.x + NODE_WIDTH && y >= place.y && y <= place.y + NODE_HEIGHT)?.ref;
}
