/** Every text of this library. */
export const messages = {
  star: (name: string) => `Add ${name} to starred`,
  unstar: (name: string) => `Remove ${name} from starred`,
  missing: 'Not in the catalog',
  notFound: {
    title: (kind: string, name: string) => `There is no ${kind} called ${name}`,
    text: (namespace: string) =>
      `Nothing in namespace ${namespace} has this kind and name. It may have been removed, renamed, or not been read yet.`,
    action: 'Go to the catalog',
  },
  loadFailed: 'The entity could not be loaded',
  tabs: 'Sections',
} as const;
