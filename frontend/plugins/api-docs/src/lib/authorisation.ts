import type { Requirement, SecurityScheme } from './security';

/** What goes along with a request to say who asks. */
export interface Credential {
  in: 'header' | 'query';
  name: string;
  value: string;
}

/** What a person has given, by the names of the schemes it is for. */
export type Given = Readonly<Record<string, Credential | undefined>>;

/** A token as most APIs want it. */
export function bearer(token: string): Credential {
  return { in: 'header', name: 'authorization', value: `Bearer ${token}` };
}

/** A name and a password, of any letters. */
export function basic(user: string, password: string): Credential {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return { in: 'header', name: 'authorization', value: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}

/**
 * What is sent with an operation: that of the first requirement of which everything was given, and nothing where it wants nothing, or
 * nothing is enough. `undefined`: it wants more than was given.
 */
export function credentialsFor(security: readonly Requirement[], given: Given): Credential[] | undefined {
  const met = security
    .map(requirement => Object.keys(requirement).map(name => given[name]))
    .filter(credentials => credentials.every(one => one !== undefined));
  return met.find(credentials => credentials.length > 0) ?? met[0] ?? (security.length === 0 ? [] : undefined);
}

/** The scopes that some operation wants of a scheme. */
export function wantedScopes({ name }: SecurityScheme, operations: readonly { security: Requirement[] }[]): string[] {
  return [...new Set(operations.flatMap(({ security }) => security.flatMap(requirement => requirement[name] ?? [])))];
}
