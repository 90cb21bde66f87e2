/** Under which key the ancestors of an entity are kept. */
export function ancestryQueryKey(ref: string): string[] {
  return ['catalog', 'ancestry', ref];
}
