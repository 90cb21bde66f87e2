/** What the builds of the app and of single plugins share. */
export { localApi } from './localApi.js';
export { pluginPackages } from './pluginPackages.js';
export { pageConfig } from './pageConfig.js';
