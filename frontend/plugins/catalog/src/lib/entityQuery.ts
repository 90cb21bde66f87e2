/** Under which key an entity's page keeps the entity. */
export function entityQueryKey(ref: string): string[] {
  return ['catalog', 'entity', ref];
}

/** The members of an entity that tables show; a hub's thousands of relations are not among them. */
export const TABLE_FIELDS = [
  'kind',
  ...['name', 'namespace', 'title', 'description', 'tags'].map(field => `metadata.${field}`),
  ...['type', 'lifecycle', 'owner', 'system', 'domain', 'parent', 'memberOf', 'profile', 'target', 'targets'].map(
    field => `spec.${field}`,
  ),
];
