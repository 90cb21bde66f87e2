/** What the installation says: the app knows it from the start, and the plugin's other texts when one of its pages is opened. */
export const installationTexts = {
  plugin: 'Register component',
  subtitle: 'Adds what a catalog-info.yaml file describes. Nothing is added before you have seen it.',
};
