const registry = globalThis as unknown as Record<symbol, unknown>;

/**
 * One value a process, however many copies of this package a bundle holds. Contexts and component data must be shared
 * between them, or a plugin built against its own copy would not find the app it runs in.
 */
export function globalSingleton<T>(name: string, create: () => T): T {
  const key = Symbol.for(`callboard.core-plugin-api.${name}`);
  registry[key] ??= create();
  return registry[key] as T;
}
