import { groupRelations, relationInfo, type EntityRelation } from '@callboard/catalog-model';

/** Sizes of the drawing, in pixels down and in percent across, so that it fits any width. */
export const NODE_HEIGHT = 32;
const NODE_GAP = 6;
const CAPTION_HEIGHT = 22;
const GROUP_GAP = 14;
export const COLUMN_WIDTH = 29;
const MAX_PER_GROUP = 5;

export interface GraphNode {
  /** A reference, or undefined for the node that stands for those left out. */
  ref?: string;
  more?: number;
  left: number;
  top: number;
}

export interface GraphGroup {
  type: string;
  caption: string;
  left: number;
  top: number;
  nodes: GraphNode[];
}

export interface GraphEdge {
  path: string;
  ref?: string;
}

export interface GraphLayout {
  height: number;
  center: { left: number; top: number };
  groups: GraphGroup[];
  edges: GraphEdge[];
}

/**
 * Three layers: what leans on the entity to the left, the entity, what it leans on to the right. Groups are stacked
 * with a caption each, so labels never meet.
 */
export function layoutGraph(relations: readonly EntityRelation[] | undefined, compare: (a: string, b: string) => number): GraphLayout {
  const groups = groupRelations(relations, compare);
  const side = (wanted: 'upstream' | 'downstream') => groups.filter(({ type }) => relationInfo(type).side === wanted);
  const columns = placeColumns(side('downstream').length > 0, side('upstream').length > 0);
  const left = stack(side('downstream'), columns.downstream);
  const right = stack(side('upstream'), columns.upstream);
  const height = Math.max(left.height, right.height, NODE_HEIGHT * 3);
  // Half a caption lower than the middle of the drawing is the middle of the nodes.
  const center = { left: columns.center, top: (height - NODE_HEIGHT + CAPTION_HEIGHT) / 2 };
  for (const column of [left, right]) {
    shift(column.groups, (height - column.height) / 2);
  }
  return {
    height,
    center,
    groups: [...left.groups, ...right.groups],
    edges: [
      ...edgesOf(left.groups, node => curve(node.left + COLUMN_WIDTH, node.top, center.left, center.top)),
      ...edgesOf(right.groups, node => curve(center.left + COLUMN_WIDTH, center.top, node.left, node.top)),
    ],
  };
}

/** Three columns over the whole width, or two of them around its middle. */
function placeColumns(hasLeft: boolean, hasRight: boolean) {
  const middle = 50 - COLUMN_WIDTH / 2;
  if (hasLeft && hasRight) {
    return { downstream: 0, center: middle, upstream: 100 - COLUMN_WIDTH };
  }
  const apart = COLUMN_WIDTH * 0.75;
  return hasLeft
    ? { downstream: middle - apart, center: middle + apart, upstream: middle }
    : { downstream: middle, center: middle - apart, upstream: middle + apart };
}

function stack(groups: { type: string; targets: string[] }[], left: number): { groups: GraphGroup[]; height: number } {
  let top = 0;
  const stacked = groups.map(({ type, targets }) => {
    const shown: { ref?: string; more?: number }[] = targets.slice(0, MAX_PER_GROUP).map(ref => ({ ref }));
    if (targets.length > MAX_PER_GROUP) {
      shown.push({ more: targets.length - MAX_PER_GROUP });
    }
    const nodes = shown.map((node, index) => ({
      ...node,
      left,
      top: top + CAPTION_HEIGHT + index * (NODE_HEIGHT + NODE_GAP),
    }));
    const group = { type, caption: relationInfo(type).phrase, left, top, nodes };
    top += CAPTION_HEIGHT + nodes.length * (NODE_HEIGHT + NODE_GAP) - NODE_GAP + GROUP_GAP;
    return group;
  });
  return { groups: stacked, height: Math.max(0, top - GROUP_GAP) };
}

function shift(groups: GraphGroup[], by: number): void {
  for (const group of groups) {
    group.top += by;
    group.nodes.forEach(node => (node.top += by));
  }
}

function edgesOf(groups: GraphGroup[], draw: (node: GraphNode) => string): GraphEdge[] {
  return groups.flatMap(({ nodes }) => nodes.map(node => ({ ref: node.ref, path: draw(node) })));
}

function curve(fromX: number, fromTop: number, toX: number, toTop: number): string {
  const [fromY, toY] = [fromTop + NODE_HEIGHT / 2, toTop + NODE_HEIGHT / 2];
  const middle = (fromX + toX) / 2;
  return `M ${fromX} ${fromY} C ${middle} ${fromY}, ${middle} ${toY}, ${toX} ${toY}`;
}
