/** What the installation says: the app knows it from the start, and the plugin's other texts when one of its pages is opened. */
export const installationTexts = {
  title: 'Unprocessed entities',
  subtitle: 'What is not in the catalog, or not as its source has it, and why.',
};
