/** What the installation says: the app knows it from the start, and the plugin's other texts when one of its pages is opened. */
export const installationTexts = {
  title: 'Plugins',
  description: 'What is installed in the portal, and what configuration makes of it.',
};
