/** Under which key the ancestors of an entity are kept. */
export function ancestryQueryKey(ref: string): string[] {
  return ['catalog', 'ancestry', ref];
}

/** Whether queries of the catalog under this name tell what one entity alone has. Of one that is gone nothing can be asked. */
export function isOfOneEntity(name: unknown): boolean {
  return name === 'ancestry' || name === 'registration' || name === 'changes';
}
