export * from './DismissableBanner';
export * from './MissingAnnotationEmptyState';
export * from './SimpleStepper';
export * from './Status';
export * from './FeatureCalloutCircular';
