import type { ReactNode } from 'react';

/** A node; whatever else it holds is handed to `renderNode`. */
export type DependencyNode<T = object> = T & { id: string };

/** An arrow from one node to another. */
export type DependencyEdge<T = object> = T & { from: string; to: string; label?: string };

export interface DependencyGraphProps<N = object, E = object> {
  nodes: readonly DependencyNode<N>[];
  edges: readonly DependencyEdge<E>[];
  /** Where the arrows lead: down (the default), up, to the right or to the left. */
  direction?: 'TB' | 'BT' | 'LR' | 'RL';
  align?: 'UL' | 'UR' | 'DL' | 'DR';
  ranker?: 'network-simplex' | 'tight-tree' | 'longest-path';
  nodeMargin?: number;
  rankMargin?: number;
  /** SVG of a node around its middle. Say how large it is with `nodeSize`. */
  renderNode?(args: { node: DependencyNode<N> }): ReactNode;
  renderLabel?(args: { edge: DependencyEdge<E> }): ReactNode;
  nodeSize?(node: DependencyNode<N>): { width: number; height: number };
  zoom?: 'enabled' | 'disabled' | 'enable-on-click';
  curve?: 'curveStepBefore' | 'curveMonotoneX';
  /** `grow` is as high as the graph asks for, `contain` fits it into what there is. */
  fit?: 'grow' | 'contain';
  showArrowHeads?: boolean;
  allowFullscreen?: boolean;
  className?: string;
  /** Names the graph to those who listen. */
  label?: string;
}
