import { lazy, Suspense } from 'react';
import { Skeleton } from '../components/Progress';
import type { DependencyGraphProps } from './graphTypes';

// Laying out takes a library that no page needs before it has a graph to show.
const LaidOutGraph = lazy(() => import('./LaidOutGraph').then(m => ({ default: m.LaidOutGraph })));

/** Nodes and arrows in layers, drawn with the theme's tokens. Pans and zooms, and has a table of the same data. */
export function DependencyGraph<N = object, E = object>(props: DependencyGraphProps<N, E>) {
  return (
    <Suspense fallback={<Skeleton height={320} />}>
      <LaidOutGraph {...(props as unknown as DependencyGraphProps)} />
    </Suspense>
  );
}
