/** Every text of this library. */
export const messages = {
  star: (name: string) => `Add ${name} to starred`,
  unstar: (name: string) => `Remove ${name} from starred`,
  missing: 'Not in the catalog',
  notFound: {
    title: (ref: string) => `${ref} is not in the catalog`,
    text: 'It may have been removed or renamed, or its file has not been read yet.',
    retry: 'Look again',
    action: 'Go to the catalog',
  },
  loadFailed: 'The entity could not be loaded',
  groups: {
    overview: 'Overview',
    documentation: 'Documentation',
    development: 'Development',
    deployment: 'Deployment',
    operation: 'Operation',
    observability: 'Observability',
  } as Readonly<Record<string, string>>,
} as const;
