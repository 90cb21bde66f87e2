import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Curve } from '../lib/edgeLines';
import type { Direction } from '../lib/layoutGraph';
import type { GraphStyle } from '../lib/presentGraph';
import { pairOf } from '../lib/relationPairs';

/** What the page shows, kept in the URL by the names that Backstage's graph uses. */
export interface GraphState extends GraphStyle {
  roots: string[];
  depth: number;
  kinds: string[];
  pairs: string[];
  direction: Direction;
  curve: Curve;
  showFilters: boolean;
  view: 'graph' | 'table';
}

const MAX_DEPTH = 10;
/** What is on unless the address says otherwise. */
export const SWITCHES = ['unidirectional', 'mergeRelations', 'showFilters'] as const;
const DIRECTIONS: readonly Direction[] = ['LR', 'RL', 'TB', 'BT'];

/** All values of a list in the query, however its brackets are written. */
function listOf(params: URLSearchParams, name: string): string[] {
  return [...params].filter(([key]) => key === name || key.startsWith(`${name}[`)).map(([, value]) => value);
}

/** The page's state, and a way to change part of it. */
export function useGraphState(): [GraphState, (change: Partial<GraphState>) => void] {
  const [params, setParams] = useSearchParams();
  const state = useMemo<GraphState>(() => {
    const depth = params.get('maxDepth');
    return {
      roots: listOf(params, 'rootEntityRefs').map(ref => ref.toLowerCase()),
      // An empty depth is Backstage's infinity.
      depth: depth === '' ? MAX_DEPTH : Math.min(MAX_DEPTH, Math.max(1, Math.floor(Number(depth)) || 1)),
      kinds: listOf(params, 'selectedKinds').map(kind => kind.toLowerCase()),
      pairs: [...new Set(listOf(params, 'selectedRelations').map(type => pairOf(type).pair))],
      direction: DIRECTIONS.find(one => one === params.get('direction')) ?? 'LR',
      curve: params.get('curve') === 'curveStepBefore' ? 'curveStepBefore' : 'curveMonotoneX',
      unidirectional: params.get('unidirectional') !== 'false',
      mergeRelations: params.get('mergeRelations') !== 'false',
      showFilters: params.get('showFilters') !== 'false',
      view: params.get('view') === 'table' ? 'table' : 'graph',
    };
  }, [params]);
  const change = useCallback(
    (part: Partial<GraphState>) => {
      const { roots, depth, kinds, pairs, direction, curve, view, ...switches } = { ...state, ...part };
      const next = new URLSearchParams();
      roots.forEach(ref => next.append('rootEntityRefs[]', ref));
      if (depth !== 1) {
        next.set('maxDepth', String(depth));
      }
      kinds.forEach(kind => next.append('selectedKinds[]', kind));
      pairs.forEach(pair => next.append('selectedRelations[]', pair));
      if (direction !== 'LR') {
        next.set('direction', direction);
      }
      if (curve !== 'curveMonotoneX') {
        next.set('curve', curve);
      }
      for (const name of SWITCHES.filter(one => !switches[one])) {
        next.set(name, 'false');
      }
      if (view === 'table') {
        next.set('view', view);
      }
      setParams(next);
    },
    [state, setParams],
  );
  return [state, change];
}
