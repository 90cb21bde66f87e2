/** What the installation says: the app knows it from the start, and the plugin's other texts when one of its pages is opened. */
export const installationTexts = {
  title: 'Settings',
  subtitle: 'How the portal looks to you, who you are to it, and where you are signed in.',
};
