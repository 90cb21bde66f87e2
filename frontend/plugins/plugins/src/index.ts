/** The page that lists what is installed. */
export { installation } from './installation';
export { pluginsPlugin, PluginsPage } from './plugin';
export { pluginsTranslationRef } from './translation';
