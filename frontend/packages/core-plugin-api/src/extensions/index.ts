export * from './componentData';
export * from './extensions';
export * from './FeatureFlagged';
export * from './elements';
export * from './useElementFilter';
export * from './useRevealed';
