import { english } from '@callboard/core-components';
import { createMessages } from '@callboard/core-plugin-api';
import { installationTexts } from './installationTexts';

/** Every text of the import page. */
export const { ref: catalogImportTranslationRef, useMessages } = createMessages({
  id: 'plugin.catalog-import',
  messages: {
    ...installationTexts,
    title: 'Register an existing component',
    catalog: 'Catalog',
    url: 'URL of a descriptor file or a repository',
    urlPlaceholder: 'https://github.com/acme/shop/blob/main/catalog-info.yaml',
    urlInvalid: 'Enter the whole address, starting with https://',
    analyze: 'Analyse',
    analyzing: 'Reading and checking the file',
    help: {
      title: 'What can be registered',
      file: 'A descriptor file',
      fileText: 'The address of its page at the source host. It may hold several entities, or a Location that points to more files.',
      repository: 'A repository',
      repositoryText: 'The portal looks for descriptor files in it. If there are none, it proposes one to commit.',
      example: 'https://github.com/acme/shop',
      several: 'Several at once',
      severalText: 'Up to 50 addresses of files and repositories, one a line. Each has a result of its own.',
    },
    several: 'Several at once',
    batch: {
      label: 'URLs of descriptor files or repositories, one a line',
      single: 'One at a time',
      invalid: (address: string) => `“${address}” is not a whole address, starting with https://`,
      tooMany: (most: number) => `At most ${most} addresses at once`,
      title: 'Addresses',
      columns: { target: 'Address', result: 'Result' },
      waiting: 'Waiting for its turn',
      analyzing: 'Reading and checking',
      registering: 'Registering',
      failed: 'Cannot be registered as it is',
      partly: (count: number) => (count === 1 ? '1 file was not registered' : `${count} files were not registered`),
      known: 'Registered already',
      noneText: 'Analyse this address alone, and the portal proposes a descriptor file to commit.',
      register: (files: number, entities: number) =>
        files === 0
          ? 'Nothing to register'
          : `Register ${files === 1 ? '1 file' : `${files} files`} with ${entities === 1 ? '1 entity' : `${english.number(entities)} entities`}`,
    },
    dryRun: 'This was a dry run: everything was read and checked, and nothing was stored.',
    deniedTitle: 'You may not register components',
    failedTitle: 'This cannot be registered as it is',
    failedHint: 'Nothing was added. Correct the file or the address, then analyse again.',
    preview: (count: number) => (count === 1 ? '1 entity will be added' : `${english.number(count)} entities will be added`),
    known: (count: number) => (count === 1 ? '1 entity in this file' : `${english.number(count)} entities in this file`),
    existsTitle: 'This location is registered already',
    existsText: 'Its entities are in the catalog. You can have the file read again now.',
    register: (count: number) => (count === 1 ? 'Register 1 entity' : `Register ${english.number(count)} entities`),
    refresh: 'Read again',
    registerFailed: 'Nothing was registered',
    fileFailed: (target: string) => `${target} was not registered`,
    retryHint: 'What else was chosen is registered. Try again once the cause is gone.',
    retryFailed: (count: number) => (count === 1 ? 'Try the failed file again' : `Try the ${count} failed files again`),
    choose: 'Descriptor files in this repository',
    registered: 'registered',
    registerFiles: (count: number) => (count === 1 ? 'Register 1 file' : `Register ${count} files`),
    noneTitle: 'No descriptor file was found',
    noneText: 'Put in the owner, commit this as catalog-info.yaml at the root of the repository, then enter the file’s address above.',
    ownerExample: 'your-team',
    generated: 'Proposed catalog-info.yaml',
    done: 'Registered',
    doneText: 'The entities are read now and show up within a few seconds.',
    another: 'Register another',
    toCatalog: 'Go to the catalog',
    columns: { name: 'Name', kind: 'Kind', type: 'Type', owner: 'Owner' },
  },
});

export type Messages = ReturnType<typeof useMessages>;
