import { createMessages } from '@callboard/core-plugin-api';
import { installationTexts } from './installationTexts';

/** Every text of the page. */
export const { ref: pluginsTranslationRef, useMessages } = createMessages({
  id: 'plugin.plugins',
  messages: {
    ...installationTexts,
    subtitle: (plugins: number, extensions: number) =>
      `${plugins} installed, ${extensions} extensions on. app.extensions in app-config.yaml turns them on and off, moves and renames them.`,
    suggest: 'Suggest a plugin',
    search: 'Filter plugins',
    problems: (count: number) =>
      count === 1 ? 'A part of the configuration is not used' : `${count} parts of the configuration are not used`,
    problemsText: 'The rest holds. Correct them in app-config.yaml, then load the page anew.',
    off: 'Off',
    on: 'On',
    invalid: 'Not used',
    homepage: 'About this plugin',
    noExtensions: 'It adds nothing to the app by itself.',
    noneTitle: (term: string) => `No plugin called “${term}”`,
    noneText: 'Names, ids and extensions are searched.',
    emptyTitle: 'No plugins are installed',
    emptyText: 'Make one with npm run new -- --select plugin in the folder frontend, or put the package of one into frontend/plugins.',
    table: 'Extensions of',
    columns: { id: 'Extension', title: 'Title', path: 'Path', state: 'State' },
  },
});

export type Messages = ReturnType<typeof useMessages>;
