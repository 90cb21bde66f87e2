import type { ApiRef, TypesToApiRefs } from './ApiRef';

/** Makes the one instance of an API from the instances of others. */
export interface ApiFactory<Api, Implementation extends Api, Deps> {
  api: ApiRef<Api>;
  deps: TypesToApiRefs<Deps>;
  factory(deps: Deps): Implementation;
}

/** A factory of anything. */
export type AnyApiFactory = ApiFactory<unknown, unknown, Record<string, unknown>>;

/** Declares how an API is made, or hands over the instance itself. */
export function createApiFactory<Api, Implementation extends Api, Deps extends Record<string, unknown>>(
  factory: ApiFactory<Api, Implementation, Deps>,
): AnyApiFactory;
export function createApiFactory<Api, Implementation extends Api>(
  api: ApiRef<Api>,
  instance: Implementation,
): AnyApiFactory;
export function createApiFactory<Api, Implementation extends Api, Deps extends Record<string, unknown>>(
  factoryOrRef: ApiFactory<Api, Implementation, Deps> | ApiRef<Api>,
  instance?: Implementation,
): AnyApiFactory {
  if ('factory' in factoryOrRef) {
    return factoryOrRef as unknown as AnyApiFactory;
  }
  return { api: factoryOrRef, deps: {}, factory: () => instance };
}
