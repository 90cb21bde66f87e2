/** What the installation says: the app knows it from the start, and the plugin's other texts when one of its pages is opened. */
export const installationTexts = {
  title: 'Administration',
  navigation: 'Administration',
  subtitle: 'How the portal is doing, where it reads from, whom it reaches, and who changed what.',
};
