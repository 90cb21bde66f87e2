/** What the installation says: the app knows it from the start, and the plugin's other texts when one of its pages is opened. */
export const installationTexts = {
  plugin: 'CircleCI',
  tab: 'CI/CD',
  column: 'Latest build',
  subtitle: 'The latest build of every component that names its CircleCI project.',
};
