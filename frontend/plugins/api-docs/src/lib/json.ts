export type Json = Record<string, unknown>;

const MAX_REFERENCES = 20;

/** Follows references within the document. Those that lead out of it, or in circles, are as if empty. */
export function resolve(root: unknown, value: unknown): Json {
  let current = object(value);
  for (let step = 0; step < MAX_REFERENCES && typeof current.$ref === 'string'; step += 1) {
    const parts = current.$ref.startsWith('#/') ? current.$ref.slice(2).split('/') : [undefined];
    current = object(
      parts.reduce<unknown>(
        (node, part) => part === undefined ? undefined : object(node)[decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~')],
        root,
      ),
    );
  }
  return current;
}

/** A value as an object, empty when it is none. */
export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** A value as a list, empty when it is none. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value as a text, empty when it is none. */
export function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
