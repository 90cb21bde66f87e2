import { english } from '@callboard/core-components';
import { createMessages } from '@callboard/core-plugin-api';
import { inspectMessages, removalMessages } from './dialogs/messages';
import { exportMessages, indexMessages } from './entityIndex/messages';

/** Every text of this library. */
export const { ref: catalogReactTranslationRef, useMessages } = createMessages({
  id: 'plugin.catalog-react',
  messages: {
    star: (name: string) => `Add ${name} to starred`,
    unstar: (name: string) => `Remove ${name} from starred`,
    missing: 'Not in the catalog',
    cellFailed: 'Failed',
    noEntities: 'Nothing to list.',
    notFound: {
      title: (ref: string) => `${ref} is not in the catalog`,
      text: 'It may have been removed or renamed, or its file has not been read yet.',
      retry: 'Look again',
      action: 'Go to the catalog',
    },
    columns: {
      name: 'Name',
      owner: 'Owner',
      type: 'Type',
      lifecycle: 'Lifecycle',
      system: 'System',
      domain: 'Domain',
      tags: 'Tags',
      description: 'Description',
      targets: 'Targets',
      kind: 'Kind',
      namespace: 'Namespace',
      parent: 'Parent',
      groups: 'Groups',
      email: 'Email',
    },
    related: {
      range: (from: number, to: number, total: number) =>
        `${english.number(from)}–${english.number(to)} of ${english.number(total)}`,
      failed: 'They could not be read',
      hidden: (count: number) =>
        count === 1
          ? 'One is not in the catalog, or not yours to see.'
          : `${english.number(count)} are not in the catalog, or not yours to see.`,
      example: 'How it is written',
    },
    index: indexMessages,
    export: exportMessages,
    inspect: inspectMessages,
    removal: removalMessages,
    loadFailed: 'The entity could not be loaded',
    groups: {
      overview: 'Overview',
      documentation: 'Documentation',
      development: 'Development',
      deployment: 'Deployment',
      operation: 'Operation',
      observability: 'Observability',
    } as Readonly<Record<string, string>>,
  },
});

export type Messages = ReturnType<typeof useMessages>;
