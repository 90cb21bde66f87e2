/** What tests of plugins need. */
export { accessibilityViolations } from './accessibility';
export { MockBackend, sampleEntities } from './mockBackend';
export { currentPath, renderInTestApp, type TestAppOptions } from './renderInTestApp';
