/** What the installation says: the app knows it from the start, and the plugin's other texts when one of its pages is opened. */
export const installationTexts = {
  title: 'Search',
  subtitle: 'Names, titles, descriptions, tags and owners of everything in the catalog.',
};
