import type { CatalogApi } from '@callboard/catalog-client';
import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { pairOf } from './relationPairs';

/** More than this nobody looks at; the nearest are kept. */
export const MAX_NODES = 2000;

export interface GraphNode {
  ref: string;
  /** Undefined for what others refer to without its being in the catalog. */
  entity: Entity | undefined;
  /** Steps from the root: negative for what leads to it, positive for what it leads to. */
  level: number;
}

export interface GraphEdge {
  from: string;
  to: string;
  /** The pairs of relations between the two, by their forward names. */
  pairs: string[];
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** True when there was more than the limit. */
  cut: boolean;
}

export interface GraphRequest {
  roots: readonly string[];
  depth: number;
  /** Lower-case kinds; empty means all. The roots are always there. */
  kinds: readonly string[];
  /** Forward names of pairs; empty means all. */
  pairs: readonly string[];
}

const FIELDS = ['kind', 'metadata.name', 'metadata.namespace', 'metadata.title', 'spec.profile.displayName', 'spec.type', 'relations'];

/** Reads the catalog from the roots outwards, a request for each step. */
export async function loadGraph(catalogApi: CatalogApi, request: GraphRequest, signal?: AbortSignal): Promise<Graph> {
  const levels = new Map(request.roots.map(ref => [ref.toLowerCase(), 0]));
  const entities = new Map<string, Entity | undefined>();
  const edges = new Map<string, GraphEdge>();
  let cut = false;
  let frontier = [...levels.keys()];

  for (let step = 0; frontier.length > 0 && step <= request.depth; step += 1) {
    const { items: found } = await catalogApi.getEntitiesByRefs({ entityRefs: frontier, fields: FIELDS }, { signal });
    frontier.forEach((ref, index) => entities.set(ref, found[index]));
    if (step === request.depth) {
      break;
    }
    const next: string[] = [];
    for (const entity of found) {
      for (const { type, targetRef } of entity?.relations ?? []) {
        const target = targetRef.toLowerCase();
        if (!isWanted(request, type, target) || levels.has(target)) {
          continue;
        }
        if (levels.size >= MAX_NODES) {
          cut = true;
          break;
        }
        const level = levels.get(stringifyEntityRef(entity as Entity)) ?? 0;
        levels.set(target, level === 0 ? (pairOf(type).forward ? 1 : -1) : level + Math.sign(level));
        next.push(target);
      }
    }
    frontier = next;
  }

  // Of the outermost entities only what leads back is drawn; how they hang together among themselves is a step further.
  const inner = [...entities].filter(([ref]) => Math.abs(levels.get(ref) ?? 0) < request.depth);
  for (const [ref, entity] of inner) {
    for (const { type, targetRef } of entity?.relations ?? []) {
      const target = targetRef.toLowerCase();
      if (entities.has(target) && isWanted(request, type, target)) {
        addEdge(edges, ref, target, type);
      }
    }
  }
  const nodes = [...entities].map(([ref, entity]) => ({ ref, entity, level: levels.get(ref) ?? 0 }));
  return { nodes, edges: [...edges.values()], cut };
}

function isWanted({ kinds, pairs, roots }: GraphRequest, type: string, target: string): boolean {
  const kind = target.slice(0, target.indexOf(':'));
  return (
    (pairs.length === 0 || pairs.includes(pairOf(type).pair)) &&
    (kinds.length === 0 || kinds.includes(kind) || roots.includes(target))
  );
}

function addEdge(edges: Map<string, GraphEdge>, ref: string, target: string, type: string): void {
  const { pair, forward } = pairOf(type);
  const [from, to] = forward ? [ref, target] : [target, ref];
  const key = `${from} ${to}`;
  const edge = edges.get(key) ?? { from, to, pairs: [] };
  if (!edge.pairs.includes(pair)) {
    edge.pairs.push(pair);
  }
  edges.set(key, edge);
}
