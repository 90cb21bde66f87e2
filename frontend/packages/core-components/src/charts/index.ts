export * from './DependencyGraph';
export * from './Gauge';
export type { DependencyEdge, DependencyGraphProps, DependencyNode } from './graphTypes';
export type { Tone } from './tones';
export * from './TimeChart';
export * from './TrendLine';
export * as DependencyGraphTypes from './graphTypes';
