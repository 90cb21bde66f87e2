import { NODE_HEIGHT, NODE_WIDTH, type Direction, type GraphLayout, type PlacedNode } from './layoutGraph';

/** How a line gets from one node to the other: bent, or in right angles with its turn beside the node nearer to the root. */
export type Curve = 'curveMonotoneX' | 'curveStepBefore';

/** How far beside the node a line turns. */
const TURN = 16;
/** How far the lines of both directions are apart. */
const APART = 8;
/** How far a line between two nodes of a layer leaves it. */
const AROUND = 40;

const NOWHERE: PlacedNode = { ref: '', level: 0, x: 0, y: 0 };

/** A line as the path of an SVG, from where it starts to where it ends. One of two between the same nodes stands beside the other. */
export function edgePath(
  { places }: GraphLayout,
  { from, to }: { from: string; to: string },
  { direction, curve, isTwin }: { direction: Direction; curve: Curve; isTwin: boolean },
): string {
  const [a, b] = [places.get(from) ?? NOWHERE, places.get(to) ?? NOWHERE];
  const horizontal = direction === 'LR' || direction === 'RL';
  // What leads away from the root is the upper one, as its name is.
  const isUpper = a.level === b.level ? from < to : a.level < b.level;
  const aside = isTwin ? ((isUpper ? -1 : 1) * APART) / 2 : 0;
  // Along the layers, and across them.
  const side = ({ x, y }: PlacedNode, atEnd: boolean) =>
    horizontal ? { main: x + (atEnd ? NODE_WIDTH : 0), across: y + NODE_HEIGHT / 2 + aside } : { main: y + (atEnd ? NODE_HEIGHT : 0), across: x + NODE_WIDTH / 2 + aside };
  const [mainOfA, mainOfB] = horizontal ? [a.x, b.x] : [a.y, b.y];
  const start = side(a, mainOfA <= mainOfB);
  const end = side(b, mainOfA >= mainOfB);
  const point = (main: number, across: number) => (horizontal ? `${main} ${across}` : `${across} ${main}`);

  if (curve === 'curveStepBefore') {
    const towards = Math.sign(end.main - start.main) || 1;
    const turn = mainOfA === mainOfB || a.level <= b.level ? start.main + towards * TURN : end.main - towards * TURN;
    return `M ${point(start.main, start.across)} L ${point(turn, start.across)} L ${point(turn, end.across)} L ${point(end.main, end.across)}`;
  }
  const bend = mainOfA === mainOfB ? AROUND : (Math.sign(end.main - start.main) || 1) * Math.max(TURN * 2, Math.abs(end.main - start.main) / 2);
  const back = mainOfA === mainOfB ? -bend : bend;
  return `M ${point(start.main, start.across)} C ${point(start.main + bend, start.across)} ${point(end.main - back, end.across)} ${point(end.main, end.across)}`;
}

/** Between which nodes there are two lines, one for each direction. */
export function isTwin(edges: readonly { from: string; to: string }[]): (edge: { from: string; to: string }) => boolean {
  const keys = new Set(edges.map(({ from, to }) => `${from} ${to}`));
  return ({ from, to }) => keys.has(`${to} ${from}`);
}
