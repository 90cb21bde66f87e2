/** Under which key an entity's page keeps the entity. */
export function entityQueryKey(ref: string): string[] {
  return ['catalog', 'entity', ref];
}
