import { createApiFactory, type AnyApiFactory, type ApiRef } from '@callboard/core-plugin-api';
import { vi, type Mock } from 'vitest';

/** An API all of whose methods are mocks, with the factory that provides it. */
export type ApiMock<Api> = {
  [Name in keyof Api]: Api[Name] extends (...args: infer Args) => infer Result ? Api[Name] & Mock<(...args: Args) => Result> : Api[Name];
} & { factory: AnyApiFactory };

/** Ways for a test to have an API. */
export interface ApiMocks<Api, Instance extends Api, Options extends unknown[]> {
  /** A simple implementation that works. */
  (...options: Options): Instance;
  /** A factory of such a one, for `apis` of an app. */
  factory(...options: Options): AnyApiFactory;
  /** One whose methods are mocks: they do what `partial` does, and answer nothing where it does not say. */
  mock(partial?: Partial<Api>): ApiMock<Api>;
}

export function createApiMocks<Api extends object, Instance extends Api, Options extends unknown[]>(
  api: ApiRef<Api>,
  methods: readonly (keyof Api)[],
  create: (...options: Options) => Instance,
): ApiMocks<Api, Instance, Options> {
  return Object.assign((...options: Options) => create(...options), {
    factory: (...options: Options) => createApiFactory({ api, deps: {}, factory: () => create(...options) }),
    mock: (partial: Partial<Api> = {}) => {
      const mock = Object.fromEntries(
        methods.map(name => {
          const implementation = partial[name] as ((...args: unknown[]) => unknown) | undefined;
          return [name, vi.fn(implementation)];
        }),
      ) as unknown as Api;
      return Object.assign(mock, { factory: createApiFactory(api, mock) }) as ApiMock<Api>;
    },
  });
}
