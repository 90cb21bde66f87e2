/** Names an API that implementations and users agree on. Matched by id, so copies of it are equal. */
export interface ApiRef<T> {
  readonly id: string;
  /** Only for the type; always undefined. */
  readonly T: T;
}

/** Any API there is. */
export type AnyApiRef = ApiRef<unknown>;

/** The references of APIs, by the names that their implementations go by. */
export type TypesToApiRefs<T> = { [Name in keyof T]: ApiRef<T[Name]> };

/** What an API is declared with. */
export interface ApiRefConfig {
  id: string;
}

const ID_PATTERN = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/i;

/** Declares an API by an id of dotted segments, such as `plugin.catalog.service`. */
export function createApiRef<T>(options: ApiRefConfig): ApiRef<T> {
  if (!ID_PATTERN.test(options.id)) {
    throw new Error(`API id must be dotted or dashed segments of letters and digits, got '${options.id}'`);
  }
  return { id: options.id, T: undefined as T };
}
