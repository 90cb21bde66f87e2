import type { AnyApiFactory, ApiHolder, ApiRef } from '@callboard/core-plugin-api';

/** Makes each API once, when it is first asked for. Matched by id, so references may come from several copies. */
export class ApiResolver implements ApiHolder {
  private readonly instances = new Map<string, unknown>();
  private readonly factories = new Map<string, AnyApiFactory>();

  /** Later layers win over earlier ones; within one layer an id may occur once. */
  constructor(...layers: { owner: string; factories: Iterable<AnyApiFactory> }[][]) {
    for (const layer of layers) {
      const owners = new Map<string, string>();
      for (const { owner, factories } of layer) {
        for (const factory of factories) {
          const other = owners.get(factory.api.id);
          if (other !== undefined) {
            throw new Error(`API ${factory.api.id} is provided by both ${other} and ${owner}`);
          }
          owners.set(factory.api.id, owner);
          this.factories.set(factory.api.id, factory);
        }
      }
    }
  }

  get<T>(ref: ApiRef<T>): T | undefined {
    return this.load(ref.id, []) as T | undefined;
  }

  private load(id: string, loading: string[]): unknown {
    if (this.instances.has(id)) {
      return this.instances.get(id);
    }
    const factory = this.factories.get(id);
    if (!factory) {
      return undefined;
    }
    if (loading.includes(id)) {
      throw new Error(`Circular dependency of API factories: ${[...loading, id].join(' → ')}`);
    }
    const deps: Record<string, unknown> = {};
    for (const [name, dep] of Object.entries(factory.deps)) {
      const instance = this.load(dep.id, [...loading, id]);
      if (instance === undefined) {
        throw new Error(`No API factory available for dependency ${dep.id} of ${id}`);
      }
      deps[name] = instance;
    }
    const instance = factory.factory(deps);
    this.instances.set(id, instance);
    return instance;
  }
}
