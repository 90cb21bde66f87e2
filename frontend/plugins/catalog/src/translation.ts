import { english } from '@callboard/core-components';
import { createMessages } from '@callboard/core-plugin-api';

/** Every text of the catalog's pages. */
export const { ref: catalogTranslationRef, useMessages } = createMessages({
  id: 'plugin.catalog',
  messages: {
    installation: {
      plugin: 'Catalog',
      description: 'Everything your organisation builds and runs, who owns it, and how it hangs together.',
      overview: 'Overview',
      relations: 'Relations',
      descriptor: 'Descriptor',
    },
    index: {
      register: 'Register component',
      noneTitle: 'Nothing in the catalog yet',
      noneText: 'Entities come from catalog-info.yaml files. Put one like this next to your code, then register its URL.',
    },
    entity: {
      catalog: 'Catalog',
      owner: 'Owner',
      lifecycle: 'Lifecycle',
      refresh: 'Refresh',
      refreshed: 'Refresh scheduled. Changes show within a few seconds.',
      viewSource: 'View source',
      edit: 'Edit',
      inspect: 'Inspect',
      copyRef: 'Copy reference',
      copyUrl: 'Copy URL',
      more: 'More actions',
      unregister: 'Unregister',
      delete: 'Delete',
      removalDenied: 'You do not have the permission.',
    },
    about: {
      title: 'About',
      edit: 'Edit the file',
      noDescription: 'No description. Add metadata.description to its file.',
      owner: 'Owner',
      system: 'System',
      domain: 'Domain',
      parent: 'Parent',
      subcomponentOf: 'Subcomponent of',
      type: 'Type',
      lifecycle: 'Lifecycle',
      tags: 'Tags',
      targets: 'Targets',
      noOwner: 'No owner',
    },
    links: {
      title: 'Links',
      example: 'How links are written',
      empty: 'No links. Dashboards, runbooks and chat rooms belong here.',
    },
    labels: { title: 'Labels', annotations: 'Annotations' },
    history: {
      title: 'History',
      titleOf: (name: string) => `History of ${name}`,
      empty: 'No changes since it was registered.',
      failed: 'The history could not be read',
      showAll: 'Show all',
      readFrom: 'Read from',
      fields: {
        title: 'Title',
        description: 'Description',
        tag: 'Tag',
        tags: 'Tags',
        link: 'Link',
        links: 'Links',
        label: 'Label',
        annotation: 'Annotation',
        owner: 'Owner',
        lifecycle: 'Lifecycle',
        type: 'Type',
        system: 'System',
        domain: 'Domain',
        parent: 'Parent',
        definition: 'Definition',
        dependency: 'Dependency',
        dependencies: 'Dependencies',
        providedApi: 'Provided API',
        providedApis: 'Provided APIs',
        consumedApi: 'Consumed API',
        consumedApis: 'Consumed APIs',
      },
      replaced: (before: string, after: string) => `${before} → ${after}`,
      added: (values: string) => `${values} added`,
      removed: (values: string) => `${values} removed`,
      appeared: 'added',
      vanished: 'removed',
      changed: 'changed',
      reordered: 'in another order',
      more: (count: number) => `${english.number(count)} more`,
    },
    relations: {
      title: 'Relations',
      empty: 'Nothing is related to this entity yet.',
      showAll: (count: number) => `Show all ${english.number(count)}`,
      graphDescription: (name: string, count: number) => `${name} and ${count} related entities`,
      more: (count: number) => `+${english.number(count)} more`,
      asList: 'Show as list',
      asGraph: 'Show as graph',
    },
    related: {
      components: 'Components',
      noComponents: 'No components yet. A component is part of this system when its file says so.',
      resources: 'Resources',
      subcomponents: 'Subcomponents',
      systems: 'Systems',
      noSystems: 'No systems yet. A system belongs to this domain when its file says so.',
      subdomains: 'Subdomains',
      dependsOnComponents: 'Depends on components',
      dependsOnResources: 'Depends on resources',
      dependencyOfComponents: 'Dependency of components',
      dependencyOfResources: 'Dependency of resources',
    },
    source: {
      column: 'Source',
      view: (name: string) => `View the source of ${name}`,
      edit: (name: string) => `Edit the file of ${name}`,
    },
    descriptor: { yaml: 'YAML', json: 'JSON', format: 'Format' },
    warnings: {
      orphanTitle: 'Nothing declares this entity any more',
      orphanText:
        'The file or location that declared it no longer does, so it will not be updated. Restore its file, or delete the entity.',
      deleteEntity: 'Delete entity',
      editFile: 'Edit the file',
      deleteDenied: 'Deleting it needs the permission catalog.entity.delete, which you do not have for it.',
      readAgain: 'Read it again',
      errorTitle: 'The latest version could not be processed',
      errorText: 'What you see is the last good version. Correct the file, then refresh.',
      locationErrorTitle: 'Something that this location leads to could not be read',
      locationErrorText: 'What could be read is in the catalog. Correct the file or the address, then refresh.',
      ancestorTitle: (title: string) => `${title}, which declares this entity, has an error`,
      missingTitle: (count: number) =>
        count === 1 ? 'One related entity is not in the catalog' : `${count} related entities are not in the catalog`,
      missingText: 'Correct the reference in the file, or register the entity it names.',
    },
    search: {
      label: 'Search the catalog',
      placeholder: 'Search components, APIs, teams, people',
      recent: 'Recent',
      starred: 'Starred',
      results: 'Results',
      none: (term: string) => `Nothing called “${term}”`,
      noneText: 'Names and titles are searched. Try a part of the name.',
      start: 'Type a part of a name or title.',
      all: (count: number) => `Show all ${english.number(count)} in the catalog`,
      more: 'Elsewhere',
      everywhere: (term: string) => `Search descriptions, tags and owners for “${term}”`,
      failed: 'Search is not available',
    },
  },
});

export type Messages = ReturnType<typeof useMessages>;

/** What the smallest useful descriptor looks like. */
export const EXAMPLE_DESCRIPTOR = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: my-service
  description: What it does, in one sentence
spec:
  type: service
  lifecycle: production
  owner: my-team
`;
