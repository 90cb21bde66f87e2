import { relationInfo } from '@callboard/catalog-model';
import type { Graph, GraphNode } from './loadGraph';
import { RELATION_PAIRS } from './relationPairs';

/** How what was loaded is drawn. */
export interface GraphStyle {
  /** Only what leads away from the root: everything stands on one side of it, and each relation is read from there. */
  unidirectional: boolean;
  /** One line for both directions of a relation, with both names. */
  mergeRelations: boolean;
}

/** A relation as the end that a line starts from has it, and the name of the way back where the line stands for both. */
export interface DrawnRelation {
  type: string;
  back: string | undefined;
}

export interface DrawnEdge {
  from: string;
  to: string;
  relations: DrawnRelation[];
}

export interface DrawnGraph {
  nodes: GraphNode[];
  edges: DrawnEdge[];
  /** True when there was more than the limit. */
  cut: boolean;
}

/** The lines of a graph, and where its nodes stand to the root. */
export function presentGraph({ nodes, edges, cut }: Graph, { unidirectional, mergeRelations }: GraphStyle): DrawnGraph {
  const order = new Map(nodes.map(({ ref }, index) => [ref, index]));
  const isOutward = (from: string, to: string) => (order.get(from) ?? 0) <= (order.get(to) ?? 0);
  const drawn = edges.flatMap(({ from, to, pairs }): DrawnEdge[] => {
    const forward = { from, to, relations: pairs.map(pair => ({ type: pair, back: backOf(pair) })) };
    const known = pairs.filter(pair => backOf(pair) !== undefined);
    const backward = { from: to, to: from, relations: known.map(pair => ({ type: backOf(pair) ?? pair, back: pair })) };
    // What has no name for the way back is drawn as it leads, whichever way that is.
    const oneWay = { from, to, relations: forward.relations.filter(({ back }) => back === undefined) };
    const lines = unidirectional ? (isOutward(from, to) ? [forward] : [backward, oneWay]) : mergeRelations ? [forward] : [forward, backward];
    return lines.filter(({ relations }) => relations.length > 0);
  });
  return {
    cut,
    nodes: unidirectional ? nodes.map(node => ({ ...node, level: Math.abs(node.level) })) : nodes,
    edges: mergeRelations ? drawn : drawn.map(edge => ({ ...edge, relations: edge.relations.map(({ type }) => ({ type, back: undefined })) })),
  };
}

function backOf(pair: string): string | undefined {
  return RELATION_PAIRS.find(([forward]) => forward === pair)?.[1];
}

/** The names of a line's relations: `owner of / owned by, parent of / child of`. */
export function phraseOf(relations: readonly DrawnRelation[]): string {
  return relations
    .map(({ type, back }) => [type, back].flatMap(name => (name === undefined ? [] : relationInfo(name).phrase)).join(' / '))
    .join(', ');
}
