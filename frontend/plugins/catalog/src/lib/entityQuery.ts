/** Under which key an entity's page keeps the entity. */
export function entityQueryKey(ref: string): string[] {
  return ['catalog', 'entity', ref];
}

/** Under which key its ancestors are kept. */
export function ancestryQueryKey(ref: string): string[] {
  return ['catalog', 'ancestry', ref];
}
