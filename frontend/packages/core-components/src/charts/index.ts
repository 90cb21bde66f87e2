export * from './DependencyGraph';
export * from './Gauge';
export * from './graphTypes';
export * from './TimeChart';
export * from './TrendLine';
