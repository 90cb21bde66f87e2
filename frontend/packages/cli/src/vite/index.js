/** What the builds of the app and of single plugins share. */
export { pluginPackages } from './pluginPackages.js';
export { pageConfig } from './pageConfig.js';
