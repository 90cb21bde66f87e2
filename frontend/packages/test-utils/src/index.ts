/** What tests of plugins need. */
export { accessibilityViolations } from './accessibility';
export { MockBackend, sampleEntities } from './mockBackend';
export { startMockBackend } from './startMockBackend';
export { currentPath, renderInstalledPages, renderInTestApp, type TestAppOptions } from './renderInTestApp';
