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
  edgeMargin?: number;
  rankMargin?: number;
  paddingX?: number;
  paddingY?: number;
  acyclicer?: 'greedy';
  /** On which side of its arrow a label stands, and how far from it. */
  labelPosition?: 'l' | 'r' | 'c';
  labelOffset?: number;
  /** Over how many layers an arrow reaches at least, and how short it shall be. */
  edgeRanks?: number;
  edgeWeight?: number;
  /** SVG of a node: around its middle where `nodeSize` says how large it is, and else from its upper left corner, as large as it turns out. */
  renderNode?(args: { node: DependencyNode<N> }): ReactNode;
  renderLabel?(args: { edge: DependencyEdge<E> }): ReactNode;
  nodeSize?(node: DependencyNode<N>): { width: number; height: number };
  zoom?: 'enabled' | 'disabled' | 'enable-on-click';
  curve?: 'curveStepBefore' | 'curveMonotoneX';
  /** `grow` is as high as the graph asks for, `contain` fits it into what there is. */
  fit?: 'grow' | 'contain';
  showArrowHeads?: boolean;
  allowFullscreen?: boolean;
  /** SVG definitions that nodes and labels refer to. */
  defs?: ReactNode;
  className?: string;
  /** Names the graph to those who listen. */
  label?: string;
}

export type RenderNodeProps<T = object> = { node: DependencyNode<T> };
export type RenderNodeFunction<T = object> = (props: RenderNodeProps<T>) => ReactNode;
export type RenderLabelProps<T = object> = { edge: DependencyEdge<T> };
export type RenderLabelFunction<T = object> = (props: RenderLabelProps<T>) => ReactNode;

export const Direction = { TOP_BOTTOM: 'TB', BOTTOM_TOP: 'BT', LEFT_RIGHT: 'LR', RIGHT_LEFT: 'RL' } as const;
export type Direction = (typeof Direction)[keyof typeof Direction];

export const Alignment = { UP_LEFT: 'UL', UP_RIGHT: 'UR', DOWN_LEFT: 'DL', DOWN_RIGHT: 'DR' } as const;
export type Alignment = (typeof Alignment)[keyof typeof Alignment];

export const Ranker = { NETWORK_SIMPLEX: 'network-simplex', TIGHT_TREE: 'tight-tree', LONGEST_PATH: 'longest-path' } as const;
export type Ranker = (typeof Ranker)[keyof typeof Ranker];

export const LabelPosition = { LEFT: 'l', RIGHT: 'r', CENTER: 'c' } as const;
export type LabelPosition = (typeof LabelPosition)[keyof typeof LabelPosition];
