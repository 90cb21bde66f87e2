import { resolve } from './json';

const MAX_DEPTH = 6;

const SCALARS: Readonly<Record<string, unknown>> = { string: 'text', integer: 0, number: 0, boolean: true, null: null };
const FORMATS: Readonly<Record<string, unknown>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  uuid: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  email: 'ada@example.com',
  uri: 'https://example.com',
};

/** A value that a JSON schema would accept, for a person to see its shape or to start from. */
export function exampleOf(root: unknown, schema: unknown, depth = 0): unknown {
  const { example, default: initial, const: constant, enum: choices, properties, items, allOf, oneOf, anyOf, type, format, additionalProperties } =
    resolve(root, schema);
  const given = example ?? constant ?? initial ?? (Array.isArray(choices) ? choices[0] : undefined);
  if (given !== undefined || depth > MAX_DEPTH) {
    return given ?? null;
  }
  const next = (value: unknown) => exampleOf(root, value, depth + 1);
  if (Array.isArray(allOf)) {
    return Object.assign({}, ...allOf.map(next), properties ? propertiesOf(properties, next) : {});
  }
  const alternatives = Array.isArray(oneOf) ? oneOf : Array.isArray(anyOf) ? anyOf : [];
  if (alternatives.length > 0) {
    return next(alternatives[0]);
  }
  if (properties) {
    return propertiesOf(properties, next);
  }
  if (items) {
    return [next(items)];
  }
  const [only] = Array.isArray(type) ? type : [type];
  if (only === 'object') {
    return typeof additionalProperties === 'object' ? { key: next(additionalProperties) } : {};
  }
  return (typeof format === 'string' ? FORMATS[format] : undefined) ?? SCALARS[String(only)] ?? (only === 'array' ? [] : {});
}

function propertiesOf(properties: unknown, next: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties as Record<string, unknown>).map(([name, value]) => [name, next(value)]));
}
