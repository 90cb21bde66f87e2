import { ApiProvider, type ApiHolder, type ApiRef } from '@callboard/core-plugin-api';
import { useState, type ReactNode } from 'react';

/** A reference with what stands in for its API; of that, no more than the test needs. */
type ApiPair<Api> = Api extends infer Implementation ? readonly [ApiRef<Api>, Partial<Implementation>] : never;
type ApiPairs<Apis> = { [Index in keyof Apis]: ApiPair<Apis[Index]> };

/** Holds the APIs of a test, by the ids of their references. */
export class TestApiRegistry implements ApiHolder {
  private constructor(private readonly apis: ReadonlyMap<string, unknown>) {}

  static from<Apis extends unknown[]>(...apis: readonly [...ApiPairs<Apis>]): TestApiRegistry {
    const pairs = apis as unknown as readonly (readonly [ApiRef<unknown>, unknown])[];
    return new TestApiRegistry(new Map(pairs.map(([{ id }, implementation]) => [id, implementation])));
  }

  get<T>(api: ApiRef<T>): T | undefined {
    return this.apis.get(api.id) as T | undefined;
  }
}

export interface TestApiProviderProps<Apis extends unknown[]> {
  apis: readonly [...ApiPairs<Apis>];
  children?: ReactNode;
}

/** Puts APIs around part of a test, over those of the app that the part is rendered in. They stay those it begins with. */
export function TestApiProvider<Apis extends unknown[]>({ apis, children }: TestApiProviderProps<Apis>) {
  const [registry] = useState(() => TestApiRegistry.from<Apis>(...apis));
  return <ApiProvider apis={registry}>{children}</ApiProvider>;
}
