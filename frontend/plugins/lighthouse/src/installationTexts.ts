/** What the installation says: the app knows it from the start, and the plugin's other texts when one of its pages is opened. */
export const installationTexts = {
  plugin: 'Lighthouse',
  tab: 'Lighthouse',
  description: 'Audits of websites with Google’s Lighthouse.',
  column: 'Lighthouse',
};
