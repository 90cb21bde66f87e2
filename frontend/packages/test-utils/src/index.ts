/** What tests of plugins need. */
export { accessibilityViolations } from './accessibility';
export * from './apis';
export * from './environment';
export { MockBackend, sampleEntities } from './mockBackend';
export { startMockBackend } from './startMockBackend';
export {
  createTestAppWrapper,
  currentPath,
  renderInstalledPages,
  renderInTestApp,
  renderWithEffects,
  wrapInTestApp,
  type RenderedTestApp,
  type TestAppOptions,
} from './renderInTestApp';
